"""Our KTX2 files as ktx-parse, the reader of three.js and glTF-Transform, sees them; their levels are those of the DDS files.

usage: container_ktx_parse.py CONTAINER_SAMPLES FOLDER    the program that writes the samples; where to keep the package
Exit status 77: skipped, since there is no node, or no ktx-parse and no way to get it.
"""
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from old_dds import take_apart

VERSION = "1.1.0"
SKIPPED = 77
SCRIPT = pathlib.Path(__file__).with_suffix(".mjs")


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def package_in(folder):
    """The folder of ktx-parse, installed by npm if it is not there yet."""
    package = folder / "node_modules" / "ktx-parse"
    if not (package / "package.json").exists():
        if shutil.which("npm") is None:
            skip(f"ktx-parse is not in {folder}, and there is no npm to get it with")
        folder.mkdir(parents=True, exist_ok=True)
        result = subprocess.run(["npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts",
                                 f"ktx-parse@{VERSION}"], capture_output=True, text=True, timeout=120, check=False)
        if result.returncode != 0:
            skip(f"npm could not install ktx-parse: {result.stderr.strip().splitlines()[-1:]}")
    return package


def levels_of_dds(path, sizes):
    *_, blocks = take_apart(path.read_bytes())
    levels = []
    for size in sizes:
        levels.append({"bytes": size, "sha256": hashlib.sha256(blocks[:size]).hexdigest()})
        blocks = blocks[size:]
    assert not blocks
    return levels


class KtxParse(unittest.TestCase):
    def test_reads_what_we_write(self):
        if shutil.which("node") is None:
            skip("there is no node")
        package = package_in(FOLDER)
        with tempfile.TemporaryDirectory() as name:
            subprocess.run([WRITER, name], check=True)
            files = sorted(pathlib.Path(name).glob("*.ktx2"))
            self.assertGreaterEqual(len(files), 60)
            output = subprocess.run(["node", SCRIPT, package, *files], capture_output=True, text=True, check=True).stdout
            found = json.loads(output)
            for file in files:
                with self.subTest(file.stem):
                    self.check(file, found[str(file)])

    def check(self, file, found):
        size, name = file.stem.split("-")
        width, height, levels = map(int, size.split("x"))
        self.assertEqual(found["size"], [width, height, 0])
        self.assertEqual((found["layers"], found["faces"]), (0, 1))
        self.assertEqual(len(found["levels"]), levels)
        self.assertEqual(found["levels"], levels_of_dds(file.with_suffix(".dds"), [level["bytes"] for level in found["levels"]]))
        # The names that ktx-parse gives: VK_FORMAT_BC1_RGBA_UNORM_BLOCK = 133 and so on, KHR_DF_MODEL_BC1A = 128 and so on.
        model = {"BC1": 128, "BC3": 130, "BC4": 131, "BC5": 132, "BC6": 133, "BC7": 134}[name[:3]]
        self.assertEqual(found["colorModel"], model)
        self.assertEqual(found["transferFunction"], 2 if name.endswith("SRGB") else 1)
        self.assertEqual(found["texelBlockDimension"], [3, 3, 0, 0])
        self.assertEqual(sum(bits for _, bits, _ in found["samples"]), 64 if name[:3] in ("BC1", "BC4") else 128)
        self.assertEqual(found["keys"], ["KTXorientation", "KTXwriter", "texelscope"])
        self.assertTrue(found["writer"].startswith("texelscope "))


if __name__ == "__main__":
    FOLDER = pathlib.Path(sys.argv.pop())
    WRITER = sys.argv.pop()
    unittest.main()
