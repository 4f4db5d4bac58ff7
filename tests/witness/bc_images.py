"""Pictures that the program has encoded, decoded by Pillow: the same texels as `texelscope decode` gives, and KTX2 files
with the same levels as DDS files.

usage: bc_images.py    TEXELSCOPE is the program, TEXELSCOPE_SAMPLES the folder of pictures
"""
import io
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import unittest

import numpy
from PIL import Image

from old_dds import FOUR_CC, old_dds, take_apart

PROGRAM = os.environ["TEXELSCOPE"]
SAMPLES = pathlib.Path(os.environ["TEXELSCOPE_SAMPLES"])
BC7 = (98, 99)
CHANNELS = {80: 1, 83: 2}  # of DXGI_FORMAT; else 4


def texelscope(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=True).stdout


def pillow(data):
    """The texels of level 0, and the DXGI_FORMAT."""
    width, height, _, dxgi_format, size, blocks = take_apart(data)
    if dxgi_format in FOUR_CC:
        data = old_dds(width, height, FOUR_CC[dxgi_format], blocks[:size])
    with Image.open(io.BytesIO(data)) as image:
        return numpy.asarray(image).reshape(height, width, -1), dxgi_format


def ktx2_levels(data):
    """From level 0 on, by the level index."""
    (count,) = struct.unpack_from("<I", data, 40)
    entries = [struct.unpack_from("<2Q", data, 80 + 24 * level) for level in range(count)]
    return b"".join(data[at:at + size] for at, size in entries)


class Pictures(unittest.TestCase):
    def test_pillow_sees_what_decode_gives(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for codec in ("bc1", "bc3", "bc4", "bc5", "bc7"):
                for picture in ("odd.png", "leaf.png"):
                    with self.subTest(f"{codec} {picture}"):
                        self.check(folder, SAMPLES / picture, codec)

    def check(self, folder, picture, codec):
        dds, ktx2, decoded = (folder / name for name in ("a.dds", "a.ktx2", "a.png"))
        for out in (dds, ktx2):
            texelscope("run", picture, "--codec", codec, "--steps", 1, "--out", out)
        texelscope("decode", dds, "--out", decoded)
        theirs, dxgi_format = pillow(dds.read_bytes())
        with Image.open(decoded) as image:
            ours = numpy.asarray(image.convert("RGBA"))
        channels = CHANNELS.get(dxgi_format, 4)
        if theirs.shape[2] == 3 and channels == 4:
            ours = ours[..., :3]
        difference = abs(ours[..., :channels].astype(int) - theirs[..., :channels].astype(int)).max()
        self.assertLessEqual(difference, 0 if dxgi_format in BC7 else 2)
        self.assertEqual(ktx2_levels(ktx2.read_bytes()), take_apart(dds.read_bytes())[-1])

    def test_decode_reads_what_imagemagick_writes(self):
        """Old headers, with mip levels."""
        if shutil.which("convert") is None:
            self.skipTest("there is no ImageMagick")
        with tempfile.TemporaryDirectory() as name:
            dds, theirs, ours = (pathlib.Path(name) / file for file in ("a.dds", "theirs.png", "ours.png"))
            for compression in ("dxt1", "dxt5"):
                with self.subTest(compression):
                    subprocess.run(["convert", SAMPLES / "leaf.png", "-resize", "128x128!", "-define",
                                    f"dds:compression={compression}", dds], check=True)
                    self.assertEqual(dds.read_bytes()[84:88], compression.upper().encode())
                    self.assertGreater(struct.unpack_from("<I", dds.read_bytes(), 28)[0], 1)
                    subprocess.run(["convert", f"{dds}[0]", theirs], check=True)
                    texelscope("decode", dds, "--out", ours)
                    with Image.open(ours) as a, Image.open(theirs) as b:
                        difference = numpy.asarray(a.convert("RGBA")).astype(int) - numpy.asarray(b.convert("RGBA"))
                    self.assertLessEqual(abs(difference).max(), 2)


if __name__ == "__main__":
    unittest.main()
