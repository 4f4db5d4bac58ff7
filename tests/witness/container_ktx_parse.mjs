// What ktx-parse finds in KTX2 files, as JSON: usage: container_ktx_parse.mjs PACKAGE_FOLDER FILE...
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {pathToFileURL} from 'node:url';

const [packageFolder, ...files] = process.argv.slice(2);
const {read} = await import(pathToFileURL(packageFolder + '/dist/ktx-parse.modern.js'));

const found = {};
for (const file of files) {
  const container = read(readFileSync(file));
  const descriptor = container.dataFormatDescriptor[0];
  found[file] = {
    vkFormat: container.vkFormat,
    size: [container.pixelWidth, container.pixelHeight, container.pixelDepth],
    layers: container.layerCount,
    faces: container.faceCount,
    colorModel: descriptor.colorModel,
    transferFunction: descriptor.transferFunction,
    texelBlockDimension: Array.from(descriptor.texelBlockDimension),
    samples: descriptor.samples.map((sample) => [sample.bitOffset, sample.bitLength + 1, sample.channelType]),
    levels: container.levels.map((level) => ({
      bytes: level.levelData.byteLength,
      sha256: createHash('sha256').update(level.levelData).digest('hex'),
    })),
    writer: container.keyValue.KTXwriter,
    keys: Object.keys(container.keyValue),
  };
}
process.stdout.write(JSON.stringify(found));
