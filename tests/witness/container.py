"""Reads the containers that we write with readers that share no code with ours: DDS with Pillow, down to the texels,
and KTX2 by its specification.

usage: container.py CONTAINER_SAMPLES    the program that writes the samples
"""
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

from PIL import Image

WRITER = sys.argv.pop()

VK_FORMATS = {"BC7_UNORM": 145, "BC7_UNORM_SRGB": 146}
TRANSFER_FUNCTIONS = {"BC7_UNORM": 1, "BC7_UNORM_SRGB": 2}  # linear, sRGB


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
        self.assertEqual(len(self.samples), 10)
        for path in self.samples:
            size, name = path.stem.split("-")
            width, height = map(int, size.split("x"))
            with self.subTest(path.stem):
                check(path, name, width, height)

    def test_pillow_reads_our_dds_and_decodes_the_same_texels(self):
        self.for_each_sample(self.check_dds)

    def test_ktx2_is_as_specified(self):
        self.for_each_sample(self.check_ktx2)

    def check_dds(self, path, name, width, height):
        with Image.open(path.with_suffix(".dds")) as image:
            self.assertEqual(image.format, "DDS")
            self.assertEqual(image.size, (width, height))
            texels, expected = image.convert("RGBA").tobytes(), path.with_suffix(".rgba").read_bytes()
        self.assertEqual(len(texels), len(expected))
        differing = [i // 4 for i in range(len(texels)) if texels[i] != expected[i]]
        self.assertEqual(differing, [], "texels that differ")

    def check_ktx2(self, path, name, width, height):
        data = path.with_suffix(".ktx2").read_bytes()
        blocks = path.read_bytes()
        self.assertEqual(data[:12], b"\xabKTX 20\xbb\r\n\x1a\n")
        self.assertEqual(struct.unpack_from("<9I", data, 12), (VK_FORMATS[name], 1, width, height, 0, 0, 1, 1, 0))

        dfd_at, dfd_size, kvd_at, kvd_size, sgd_at, sgd_size = struct.unpack_from("<4I2Q", data, 48)
        level_at, level_size, uncompressed_size = struct.unpack_from("<3Q", data, 80)
        self.assertEqual((dfd_at, kvd_at, sgd_at, sgd_size), (104, dfd_at + dfd_size, 0, 0))
        self.assertEqual(level_at % 16, 0)
        self.assertGreaterEqual(level_at, kvd_at + kvd_size)
        self.assertFalse(any(data[kvd_at + kvd_size:level_at]))
        self.assertEqual((level_size, uncompressed_size), (len(blocks), len(blocks)))
        self.assertEqual(data[level_at:], blocks)

        self.check_descriptor(data[dfd_at:dfd_at + dfd_size], name)
        self.check_key_values(data[kvd_at:kvd_at + kvd_size])

    def check_descriptor(self, data, name):
        (total,) = struct.unpack_from("<I", data)
        self.assertEqual(total, len(data))
        vendor_and_type, version, size = struct.unpack_from("<IHH", data, 4)
        self.assertEqual((vendor_and_type, version, size), (0, 2, 24 + 16))
        model, primaries, transfer, flags = data[12:16]
        self.assertEqual((model, primaries, transfer, flags), (134, 1, TRANSFER_FUNCTIONS[name], 0))
        self.assertEqual(data[16:20], bytes([3, 3, 0, 0]))  # texel block dimensions, less one
        self.assertEqual(data[20:28], bytes([16] + [0] * 7))  # bytes of each plane
        offset, length, channel, position, lower, upper = struct.unpack_from("<HBB4sII", data, 28)
        self.assertEqual((offset, length, channel, position, lower, upper), (0, 127, 0, bytes(4), 0, 0xFFFFFFFF))

    def check_key_values(self, data):
        entries = read_key_values(data)
        keys = [key for key, _ in entries]
        self.assertEqual(keys, sorted(keys))
        values = dict(entries)
        self.assertEqual(values["KTXorientation"], b"rd\0")
        self.assertRegex(values["KTXwriter"], rb"^texelscope \d+\.\d+\.\d+\0$")
        self.assertEqual(json.loads(values["texelscope"].rstrip(b"\0")), {
            "codec": "bc7", "preset": "tinybc", "version": "0.0.1", "device": "a device",
            "parameters": {"init": "principal"}, "seed": 7, "steps": 64, "opaque": False})


if __name__ == "__main__":
    unittest.main()
