"""A million random BC7 blocks of all modes: our decoder's texels against those of Pillow.

The DDS header is written here, so that no code of ours stands between the blocks and Pillow.

usage: bc7.py BC7_SAMPLES    the program that writes the blocks and our texels
"""
import io
import math
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

import numpy
from PIL import Image

WRITER = sys.argv.pop()
RESERVED = 8


def dds(width, height, blocks):
    """Microsoft, "Programming guide for DDS": DDS_HEADER, its pixel format "DX10", DDS_HEADER_DXT10."""
    required_and_linear_size = 0x1 | 0x2 | 0x4 | 0x1000 | 0x80000
    header = struct.pack("<4s7I44x", b"DDS ", 124, required_and_linear_size, height, width, len(blocks), 0, 1)
    pixel_format = struct.pack("<2I4s20x", 32, 0x4, b"DX10")
    caps = struct.pack("<5I", 0x1000, 0, 0, 0, 0)
    bc7_unorm, texture_2d = 98, 3
    return header + pixel_format + caps + struct.pack("<5I", bc7_unorm, texture_2d, 0, 1, 0) + blocks


def modes_of(blocks):
    """Of each block: the zero bits below the lowest one bit of its first byte; 8, the reserved mode, if it is 0."""
    mode_of_byte = numpy.array([RESERVED] + [(byte & -byte).bit_length() - 1 for byte in range(1, 256)])
    return mode_of_byte[numpy.frombuffer(blocks, numpy.uint8)[::16]]


def texels_of_blocks(texels, blocks_a_side):
    image = numpy.frombuffer(texels, numpy.uint8).reshape(blocks_a_side, 4, blocks_a_side, 4, 4)
    return image.transpose(0, 2, 1, 3, 4).reshape(-1, 16, 4)


class RandomBlocks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            subprocess.run([WRITER, name], check=True)
            blocks, ours = (folder / "random.blocks").read_bytes(), (folder / "random.rgba").read_bytes()
        blocks_a_side = math.isqrt(len(blocks) // 16)
        with Image.open(io.BytesIO(dds(4 * blocks_a_side, 4 * blocks_a_side, blocks))) as image:
            theirs = image.convert("RGBA").tobytes()
        cls.modes = modes_of(blocks)
        cls.ours = texels_of_blocks(ours, blocks_a_side)
        cls.theirs = texels_of_blocks(theirs, blocks_a_side)

    def test_there_are_enough_blocks_of_each_mode(self):
        self.assertGreaterEqual(len(self.modes), 1000000)
        for mode in range(9):
            self.assertGreaterEqual(numpy.count_nonzero(self.modes == mode), 100000, f"mode {mode}")

    def test_all_modes_decode_alike(self):
        for mode in range(8):
            blocks = self.modes == mode
            differing = numpy.flatnonzero((self.ours[blocks] != self.theirs[blocks]).any(axis=(1, 2)))
            self.assertEqual(differing.size, 0, f"mode {mode}: {differing.size} blocks differ, first {differing[:5]}")

    def test_reserved_blocks_are_black(self):
        # Khronos Data Format Specification 1.4, 20.1: 0 in all channels, but 1 in alpha is allowed. Pillow gives it.
        blocks = self.modes == RESERVED
        self.assertFalse(self.ours[blocks].any())
        self.assertFalse(self.theirs[blocks][..., :3].any())
        self.assertTrue(numpy.isin(self.theirs[blocks][..., 3], (0, 255)).all())


if __name__ == "__main__":
    unittest.main()
