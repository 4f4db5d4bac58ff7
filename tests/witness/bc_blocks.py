"""A million random blocks each of BC1, BC3, BC4 and BC5: our decoder's texels against those of Pillow and ImageMagick, which
know them behind the old DDS header. It is written here, so that no code of ours stands between the blocks and them.

Decoders differ on these formats: Direct3D leaves the rounding of interpolated values open, within what the bounds below say.

usage: bc_blocks.py BC_SAMPLES    the program that writes the blocks and our texels
"""
import io
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import numpy
from PIL import Image

from old_dds import old_dds

WRITER = sys.argv.pop()
SIDE = 4000


class RandomBlocks(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def samples(self, name):
        """The blocks, and our texels of them."""
        subprocess.run([WRITER, self.folder.name, name], check=True)
        blocks = (self.path / "random.blocks").read_bytes()
        self.assertGreaterEqual(len(blocks) // 16, 1000000 if name[:3] in ("BC3", "BC5") else 500000)
        ours = numpy.frombuffer((self.path / "random.rgba").read_bytes(), numpy.uint8).reshape(SIDE, SIDE, 4)
        return blocks, ours

    def pillow(self, four_cc, blocks):
        with Image.open(io.BytesIO(old_dds(SIDE, SIDE, four_cc, blocks))) as image:
            return numpy.asarray(image).reshape(SIDE, SIDE, -1)

    def magick(self, four_cc, blocks):
        if shutil.which("convert") is None:
            self.skipTest("there is no ImageMagick")
        source, target = self.path / "a.dds", self.path / "a.rgba"
        source.write_bytes(old_dds(SIDE, SIDE, four_cc, blocks))
        subprocess.run(["convert", source, "-depth", "8", f"rgba:{target}"], check=True)
        return numpy.frombuffer(target.read_bytes(), numpy.uint8).reshape(SIDE, SIDE, 4)

    def assert_near(self, ours, theirs, most, mean):
        difference = abs(ours.astype(numpy.int16) - theirs.astype(numpy.int16))
        place = numpy.unravel_index(difference.argmax(), difference.shape)
        self.assertLessEqual(difference.max(), most, f"at {place}: {ours[place]}, theirs {theirs[place]}")
        self.assertLessEqual(difference.mean(), mean)

    def check_bc1(self, decode):
        blocks, ours = self.samples("BC1_RGBA_UNORM")
        theirs = decode(b"DXT1", blocks)
        self.assertTrue((ours[..., 3] == theirs[..., 3]).all(), "what is transparent")
        self.assertGreater((ours[..., 3] == 0).mean(), 0.1)
        self.assert_near(ours, theirs, 2, 0.5)

    def test_bc1_in_pillow(self):
        self.check_bc1(self.pillow)

    def test_bc1_in_imagemagick(self):
        self.check_bc1(self.magick)

    def check_bc3(self, decode):
        blocks, ours = self.samples("BC3_UNORM")
        self.assert_near(ours, decode(b"DXT5", blocks), 2, 0.5)

    def test_bc3_in_pillow(self):
        self.check_bc3(self.pillow)

    def test_bc3_in_imagemagick(self):
        self.check_bc3(self.magick)

    def test_bc4_in_pillow(self):
        blocks, ours = self.samples("BC4_UNORM")
        self.assert_near(ours[..., :1], self.pillow(b"ATI1", blocks), 2, 0.5)

    def test_bc5_in_pillow(self):
        blocks, ours = self.samples("BC5_UNORM")
        self.assert_near(ours[..., :2], self.pillow(b"ATI2", blocks)[..., :2], 2, 0.5)


if __name__ == "__main__":
    unittest.main()
