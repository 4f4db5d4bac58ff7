"""Reads the containers that we write with readers that share no code with ours: DDS with Pillow, down to the texels,
and KTX2 by its specification.

usage: container.py CONTAINER_SAMPLES    the program that writes the samples
"""
import io
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

import numpy
from PIL import Image

from old_dds import FOUR_CC, old_dds, take_apart

WRITER = sys.argv.pop()

ALL = 0xFFFFFFFF
LEAST, MOST = 0x80000001, 0x7FFFFFFF  # the highest 32 bits of -1 and 1 as signed integers
ONE, MINUS_ONE = 0x3F800000, 0xBF800000  # as binary32
ALPHA, GREEN, WITH_ALPHA = 15, 1, 1
LINEAR, SIGNED, FLOAT = 0x10, 0x40, 0x80

# VkFormat; DXGI_FORMAT; bytes of a block; colour model and samples of the data format descriptor: (bit offset, bits,
# channel and qualifiers, lower, upper).
FORMATS = {
    "BC1_RGBA_UNORM": (133, 71, 8, 128, [(0, 64, WITH_ALPHA, 0, ALL)]),
    "BC1_RGBA_UNORM_SRGB": (134, 72, 8, 128, [(0, 64, WITH_ALPHA, 0, ALL)]),
    "BC3_UNORM": (137, 77, 16, 130, [(0, 64, ALPHA, 0, ALL), (64, 64, 0, 0, ALL)]),
    "BC3_UNORM_SRGB": (138, 78, 16, 130, [(0, 64, ALPHA | LINEAR, 0, ALL), (64, 64, 0, 0, ALL)]),
    "BC4_UNORM": (139, 80, 8, 131, [(0, 64, 0, 0, ALL)]),
    "BC4_SNORM": (140, 81, 8, 131, [(0, 64, SIGNED, LEAST, MOST)]),
    "BC5_UNORM": (141, 83, 16, 132, [(0, 64, 0, 0, ALL), (64, 64, GREEN, 0, ALL)]),
    "BC5_SNORM": (142, 84, 16, 132, [(0, 64, SIGNED, LEAST, MOST), (64, 64, GREEN | SIGNED, LEAST, MOST)]),
    "BC6H_UFLOAT": (143, 95, 16, 133, [(0, 128, FLOAT, 0, ONE)]),
    "BC6H_SFLOAT": (144, 96, 16, 133, [(0, 128, FLOAT | SIGNED, MINUS_ONE, ONE)]),
    "BC7_UNORM": (145, 98, 16, 134, [(0, 128, 0, 0, ALL)]),
    "BC7_UNORM_SRGB": (146, 99, 16, 134, [(0, 128, 0, 0, ALL)]),
}
# Pillow 9.4 takes signed BC5 for values from 63 to 191: no witness.
PILLOW_READS_DX10 = ("BC5_UNORM", "BC7_UNORM", "BC7_UNORM_SRGB")


def level_sizes(name, width, height, levels):
    block_bytes = FORMATS[name][2]
    sides = [(max(1, width >> level), max(1, height >> level)) for level in range(levels)]
    return [-(-w // 4) * -(-h // 4) * block_bytes for w, h in sides]


def read_key_values(data):
    entries = []
    while data:
        (length,) = struct.unpack_from("<I", data)
        key, value = data[4:4 + length].split(b"\0", 1)
        entries.append((key.decode("utf-8"), value))
        padded = 4 + (length + 3) // 4 * 4
        assert not any(data[4 + length:padded]), "key/value padding is not zero"
        data = data[padded:]
    return entries


def largest_difference(image, texels, name):
    """Between what a reader gives and our RGBA, in the channels that the format has."""
    ours = numpy.frombuffer(texels, numpy.uint8).reshape(image.height, image.width, 4).astype(int)
    channels = {"BC4": 1, "BC5": 2}.get(name[:3], 4)
    theirs = numpy.asarray(image if image.mode == "L" else image.convert("RGBA")).astype(int)
    return abs(theirs.reshape(image.height, image.width, -1)[..., :channels] - ours[..., :channels]).max()


class Containers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        subprocess.run([WRITER, cls.folder.name], check=True)
        cls.samples = sorted(pathlib.Path(cls.folder.name).glob("*.blocks"))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def for_each_sample(self, check):
        self.assertEqual(len(self.samples), 5 * len(FORMATS))
        for path in self.samples:
            size, name = path.stem.split("-")
            with self.subTest(path.stem):
                check(path, name, *map(int, size.split("x")))

    def test_dds_is_as_specified(self):
        self.for_each_sample(self.check_dds)

    def test_pillow_reads_our_dds_and_decodes_the_same_texels(self):
        self.for_each_sample(self.check_pillow)

    def test_ktx2_is_as_specified(self):
        self.for_each_sample(self.check_ktx2)

    def check_dds(self, path, name, width, height, levels):
        data = path.with_suffix(".dds").read_bytes()
        sizes = level_sizes(name, width, height, levels)
        self.assertEqual(take_apart(data), (width, height, levels, FORMATS[name][1], sizes[0], path.read_bytes()))
        self.assertEqual(len(path.read_bytes()), sum(sizes))
        flags, caps = struct.unpack_from("<I", data, 8)[0], struct.unpack_from("<I", data, 108)[0]
        self.assertEqual(bool(flags & 0x20000), levels > 1)  # DDSD_MIPMAPCOUNT
        self.assertEqual(caps, 0x401008 if levels > 1 else 0x1000)

    def check_pillow(self, path, name, width, height, levels):
        """Through our own header where Pillow knows the format there, and always through one that it does know."""
        data = path.with_suffix(".dds").read_bytes()
        files = [data] if name in PILLOW_READS_DX10 else []
        dxgi_format = FORMATS[name][1]
        if dxgi_format in FOUR_CC:
            level_0 = path.read_bytes()[:level_sizes(name, width, height, 1)[0]]
            files.append(old_dds(width, height, FOUR_CC[dxgi_format], level_0))
        texels = path.with_suffix(".rgba").read_bytes() if files else b""
        exact = name.startswith("BC7")  # decoders of the others interpolate each in their way
        for file in files:
            with Image.open(io.BytesIO(file)) as image:
                self.assertEqual(image.format, "DDS")
                self.assertEqual(image.size, (width, height))
                self.assertLessEqual(largest_difference(image, texels, name), 0 if exact else 2)

    def check_ktx2(self, path, name, width, height, levels):
        data = path.with_suffix(".ktx2").read_bytes()
        vk_format, _, block_bytes, _, samples = FORMATS[name]
        self.assertEqual(data[:12], b"\xabKTX 20\xbb\r\n\x1a\n")
        self.assertEqual(struct.unpack_from("<9I", data, 12), (vk_format, 1, width, height, 0, 0, 1, levels, 0))

        dfd_at, dfd_size, kvd_at, kvd_size, sgd_at, sgd_size = struct.unpack_from("<4I2Q", data, 48)
        self.assertEqual((dfd_at, dfd_size), (80 + 24 * levels, 28 + 16 * len(samples)))
        self.assertEqual((kvd_at, sgd_at, sgd_size), (dfd_at + dfd_size, 0, 0))
        self.check_levels(data, kvd_at + kvd_size, path.read_bytes(), level_sizes(name, width, height, levels), block_bytes)
        self.check_descriptor(data[dfd_at:dfd_at + dfd_size], name)
        self.check_key_values(data[kvd_at:kvd_at + kvd_size], name)

    def check_levels(self, data, end, blocks, sizes, alignment):
        """From the smallest, which comes first, to level 0, which ends the file; the same bytes as in the DDS file."""
        blocks_end = len(blocks)
        for level in reversed(range(len(sizes))):
            at, size, uncompressed_size = struct.unpack_from("<3Q", data, 80 + 24 * level)
            self.assertEqual((size, uncompressed_size), (sizes[level], sizes[level]))
            self.assertEqual(at % alignment, 0)  # lcm(8 or 16, 4)
            self.assertLess(at - end, alignment)
            self.assertFalse(any(data[end:at]))
            self.assertEqual(data[at:at + size], blocks[blocks_end - size:blocks_end])
            end, blocks_end = at + size, blocks_end - size
        self.assertEqual((end, blocks_end), (len(data), 0))

    def check_descriptor(self, data, name):
        _, _, block_bytes, model, samples = FORMATS[name]
        (total,) = struct.unpack_from("<I", data)
        self.assertEqual(total, len(data))
        vendor_and_type, version, size = struct.unpack_from("<IHH", data, 4)
        self.assertEqual((vendor_and_type, version, size), (0, 2, total - 4))
        transfer = 2 if name.endswith("SRGB") else 1
        self.assertEqual(struct.unpack_from("<4B", data, 12), (model, 1, transfer, 0))
        self.assertEqual(struct.unpack_from("<12B", data, 16), (3, 3, 0, 0, block_bytes, *[0] * 7))
        found = [struct.unpack_from("<HBB4sII", data, 28 + 16 * i) for i in range(len(samples))]
        self.assertEqual(found, [(offset, bits - 1, channel, bytes(4), lower, upper)
                                 for offset, bits, channel, lower, upper in samples])

    def check_key_values(self, data, name):
        entries = read_key_values(data)
        keys = [key for key, _ in entries]
        self.assertEqual(keys, sorted(keys))
        values = dict(entries)
        self.assertEqual(values["KTXorientation"], b"rd\0")
        self.assertRegex(values["KTXwriter"], rb"^texelscope \d+\.\d+\.\d+\0$")
        self.assertEqual(json.loads(values["texelscope"].rstrip(b"\0")), {
            "codec": "bc7", "preset": "tinybc", "version": "0.0.1", "device": "a device",
            "parameters": {"init": "principal"}, "seed": 7, "steps": 64, "opaque": name[:3] in ("BC4", "BC5", "BC6")})


if __name__ == "__main__":
    unittest.main()
