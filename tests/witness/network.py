"""Reads network files by their description in engine/artifact/network_file.h, with zlib, Pillow, NumPy and the zstd
command, and exchanges feature grids with NumPy, both ways.

usage: network.py NETWORK_SAMPLES    the program that writes the samples and copies arrays
"""
import io
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile
import zlib

import numpy as np
from PIL import Image

PROGRAM = sys.argv.pop()


def sections(data):
    """The file's sections by their tags, its frame checked."""
    assert data[:8] == b"\x89TXS\r\n\x1a\n"
    assert struct.unpack_from("<I", data, 8) == (1,)
    assert struct.unpack("<I", data[-4:]) == (zlib.crc32(data[:-4]),)
    found, at = {}, 12
    while at < len(data) - 4:
        tag, size = struct.unpack_from("<4sQ", data, at)
        found[tag] = data[at + 12:at + 12 + size]
        at += 12 + size
    assert at == len(data) - 4
    return found


class Grids:
    """Takes the grids off a section: C x entries arrays of values."""

    def __init__(self, section, stage2):
        self.section, self.stage2 = section, stage2

    def take(self, size):
        taken, self.section = self.section[:size], self.section[size:]
        assert len(taken) == size
        return taken

    def take_coded(self):
        return self.take(struct.unpack("<I", self.take(4))[0])

    def grid(self, width, height, channels, entries, bits):
        if bits < 16:
            low = np.frombuffer(self.take(4 * channels), "<f4").astype(float)[:, None]
            high = np.frombuffer(self.take(4 * channels), "<f4").astype(float)[:, None]
        if entries != width * height:
            power = entries.bit_length() - 1
            width, height = 1 << (power + 1) // 2, 1 << power // 2
        planes = getattr(self, self.stage2)(width, height, channels, bits).reshape(channels, entries)
        if bits == 16:
            return planes.astype("<u2").view("<f2").astype(float)
        return low + planes * (high - low) / (2 ** bits - 1)

    def none(self, width, height, channels, bits):
        count = width * height * channels
        data = np.frombuffer(self.take((count * bits + 7) // 8), np.uint8)
        bit = np.unpackbits(data, bitorder="little")[:count * bits].reshape(count, bits)
        return (bit.astype(int) << np.arange(bits)).sum(1).reshape(-1, channels).T

    def jpeg(self, width, height, channels, bits):
        assert bits == 8
        planes = []
        for _ in range(0, channels, 3):
            with Image.open(io.BytesIO(self.take_coded())) as image:
                assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (width, height))
                planes.append(np.moveaxis(np.asarray(image), 2, 0))
        return np.concatenate(planes)[:channels].astype(int)

    def png(self, width, height, channels, bits):
        with Image.open(io.BytesIO(self.take_coded())) as image:
            assert (image.format, image.size) == ("PNG", (width, height * channels))
            samples = np.asarray(image).astype(int)
        if bits < 16:
            return samples
        return np.where(samples >= 0x8000, samples ^ 0x8000, ~samples & 0xFFFF)

    def zstd(self, width, height, channels, bits):
        done = subprocess.run(["zstd", "-d", "-c"], input=self.take_coded(), stdout=subprocess.PIPE, check=True)
        data = np.frombuffer(done.stdout, np.uint8).astype(int)
        assert len(data) == width * height * channels * (2 if bits == 16 else 1)
        return data if bits < 16 else data[:len(data) // 2] << 8 | data[len(data) // 2:]


def decode(path):
    """The description and the grids of a network file."""
    parts = sections(path.read_bytes())
    description = json.loads(parts[b"JSON"])
    reader = Grids(parts[b"GRID"], description["stage2"])
    grids = [reader.grid(*sizes) for sizes in description["grids"]]
    assert not any(reader.section), "bytes behind the grids"
    return description, grids, parts[b"MLP "]


class Networks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.scratch.name)
        subprocess.run([PROGRAM, "write", cls.folder], check=True)
        cls.samples = sorted(cls.folder.glob("*.txs"))
        assert len(cls.samples) == 4 * 4 * 2

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def plain(self, path):
        """The same network with stage 2 none, whose bits come first in this script's trust."""
        kind, bits, _ = path.stem.split("-")
        return path.with_name(f"{kind}-{bits}-none.txs")

    def test_the_files_are_as_described(self):
        for path in self.samples:
            kind, bits, stage2 = path.stem.split("-")
            with self.subTest(path.stem):
                description, grids, decoder = decode(path)
                self.assertEqual(description["stage2"], stage2)
                self.assertEqual(description["channels"], 4 if kind == "hash" else 3)
                self.assertEqual(description["activation"], "silu" if kind == "hash" else "siren")
                self.assertEqual(description["parameters"], {"hidden": "16", "lr": "0.003"})
                outputs = description["layers"]
                inputs = [sum(grid[2] for grid in description["grids"])] + outputs[:-1]
                self.assertEqual(len(decoder), 2 * sum((i + 1) * o for i, o in zip(inputs, outputs)))

                _, expected, same_decoder = decode(self.plain(path))
                self.assertEqual(decoder, same_decoder)
                for grid, plain in zip(grids, expected):
                    if stage2 != "jpeg":
                        np.testing.assert_array_equal(grid, plain)
                    else:
                        self.assertLess(np.abs(grid - plain).mean(), np.ptp(plain) * 0.1)
                        self.assertGreater(np.abs(grid - plain).max(), 0)

    def test_numpy_reads_our_npy(self):
        for path in self.samples:
            with self.subTest(path.stem):
                array = np.load(path.with_suffix(".npy"))
                description, grids, _ = decode(self.plain(path))
                self.assertEqual(array.dtype, np.dtype("<f2"))
                channels, height, width = array.shape
                if path.stem.startswith("latent"):
                    self.assertEqual(list(array.shape), [5, 7, 12])
                # Integers are computed in double precision there too, then rounded to float32 and binary16.
                expected = grids[0].astype(np.float32).astype(np.float16)
                np.testing.assert_array_equal(array.reshape(channels, height * width), expected)

    def test_numpy_reads_our_npz(self):
        for path in self.samples:
            with self.subTest(path.stem), np.load(path.with_suffix(".npz")) as arrays:
                _, grids, _ = decode(self.plain(path))
                self.assertEqual(zipfile.ZipFile(path.with_suffix(".npz")).testzip(), None)
                self.assertEqual(len(arrays.files), 3 * len(grids))
                for i, grid in enumerate(grids):
                    suffix = f"_{i}" if i else ""
                    data, lo, hi = (arrays[name + suffix] for name in ("data", "lo", "hi"))
                    self.assertEqual((data.dtype, lo.dtype, hi.dtype), (np.uint8, np.float32, np.float32))
                    self.assertEqual(lo.shape, (data.shape[0],))
                    lo, hi = lo.astype(float)[:, None], hi.astype(float)[:, None]
                    value = lo + data.reshape(data.shape[0], -1) / 255 * (hi - lo)
                    self.assertTrue((np.abs(value - grid) <= (hi - lo) / 255 * 0.500001 + 1e-12).all())

    def test_hashed_levels_are_planes_as_square_as_can_be(self):
        with np.load(self.folder / "hash-8-none.npz") as arrays:
            self.assertEqual(arrays["data"].shape, (2, 5, 5))
            self.assertEqual(arrays["data_1"].shape, (2, 4, 8))
            self.assertEqual(arrays["data_2"].shape, (2, 8, 8))

    def copy(self, source):
        """What our reader takes out of a file of NumPy's, or the line it refuses it with."""
        target = self.folder / ("copy-of-" + source.name)
        done = subprocess.run([PROGRAM, "copy", source, target], stderr=subprocess.PIPE, text=True)
        return np.load(target) if done.returncode == 0 else done.stderr

    def test_we_read_numpys_npy(self):
        array = np.random.default_rng(1).normal(size=(5, 7, 12)).astype(np.float16)
        path = self.folder / "numpy.npy"
        np.save(path, array)
        np.testing.assert_array_equal(self.copy(path), array)
        for version in ((1, 0), (2, 0), (3, 0)):
            with open(path, "wb") as file:
                np.lib.format.write_array(file, array, version)
            np.testing.assert_array_equal(self.copy(path), array)

        np.save(path, array.astype(np.float32))
        self.assertEqual(self.copy(path),
                         "numpy.npy: is an array '<f4' (5, 7, 12); '<f2' (5, 7, 12) in C order is needed\n")
        np.save(path, np.asfortranarray(array))
        self.assertIn("in Fortran order", self.copy(path))
        np.save(path, np.where(array == array[1, 2, 3], np.nan, array).astype(np.float16))
        self.assertEqual(self.copy(path), "numpy.npy: has values that are NaN or infinite\n")
        np.save(path, array[0])
        self.assertIn("is an array '<f2' (7, 12); '<f2' (5, 7, 12)", self.copy(path))

    def test_we_read_numpys_npz(self):
        random = np.random.default_rng(2)
        arrays = {}
        for suffix, shape in (("", (5, 7, 12)), ("_1", (2, 13, 23))):
            arrays["data" + suffix] = random.integers(0, 256, shape, np.uint8)
            arrays["lo" + suffix] = random.normal(size=shape[0]).astype(np.float32)
            arrays["hi" + suffix] = random.normal(size=shape[0]).astype(np.float32)
        path = self.folder / "numpy.npz"
        for save in (np.savez, np.savez_compressed):
            save(path, **arrays)
            with self.copy(path) as copy:
                self.assertEqual(sorted(copy.files), sorted(arrays))
                for name, array in arrays.items():
                    np.testing.assert_array_equal(copy[name], array)

        # A zip that is streamed has sizes in its directory alone.
        class Unseekable(io.RawIOBase):
            def __init__(self):
                self.bytes = b""

            def writable(self):
                return True

            def write(self, data):
                self.bytes += bytes(data)
                return len(data)

        stream = Unseekable()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, array in arrays.items():
                with archive.open(name + ".npy", "w") as file:
                    np.lib.format.write_array(file, array)
        path.write_bytes(stream.bytes)
        with self.copy(path) as copy:
            np.testing.assert_array_equal(copy["data_1"], arrays["data_1"])

        arrays["hi_1"][0] = np.inf
        np.savez(path, **arrays)
        self.assertEqual(self.copy(path),
                         "numpy.npz: has a channel 0 whose range in lo_1.npy and hi_1.npy is not finite\n")
        arrays["hi_1"] = arrays["hi_1"].astype(float)
        np.savez(path, **arrays)
        self.assertEqual(self.copy(path),
                         "numpy.npz: hi_1.npy: is an array '<f8' (2); '<f4' (2) in C order is needed\n")


if __name__ == "__main__":
    unittest.main()
