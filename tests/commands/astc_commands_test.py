"""ASTC by the commands: a block size is asked for, and files, sizes and reports are of it."""
import json
import unittest

from commands_test import SAMPLES, SWATCHES, Commands, pixels, psnr, texelscope

ODD = SAMPLES / "odd.png"  # 201 x 103
FAST = ("--codec", "astc", "--set", "effort=fast")


def blocks(sides, block):
    return -(-sides[0] // block[0]) * -(-sides[1] // block[1])


class Astc(Commands):
    def test_a_file_is_what_is_said_of_it(self):
        for block in ((6, 6), (12, 10)):
            out, decoded, report = (self.path / n for n in ("a.astc", "d.png", "r.json"))
            name = "%dx%d" % block
            result = texelscope("run", ODD, *FAST, "--set", f"block={name}", "--out", out, "--decoded", decoded,
                                "--report", report, "--validate")
            self.assertEqual(result.returncode, 0, result.stderr)
            record = json.loads(report.read_text())
            self.assertEqual(record["block"], {"width": block[0], "height": block[1]})
            self.assertEqual(record["parameters"]["block"], name)
            self.assertEqual(out.stat().st_size, 16 + 16 * blocks((201, 103), block))
            self.assertEqual(record["bytes"], {"total": out.stat().st_size, "blocks": out.stat().st_size - 16,
                                               ".astc header": 16})
            self.assertIn("astc, blocks of %d x %d" % block, result.stdout)
            self.assertAlmostEqual(record["psnr_db"], psnr(pixels(ODD), pixels(decoded)), places=4)
            self.assertGreater(record["psnr_db"], 25)
            again = self.path / "again.png"
            self.assertEqual(texelscope("decode", out, "--out", again).returncode, 0)
            self.assertTrue((pixels(again) == pixels(decoded)).all())
            self.assertIn("%.6f" % record["psnr_db"], texelscope("compare", ODD, out).stdout)

    def test_ktx2_has_levels(self):
        out, report = self.path / "a.ktx2", self.path / "r.json"
        result = texelscope("run", ODD, *FAST, "--set", "block=8x8", "--steps", 0, "--mips", "box", "--out", out,
                            "--report", report)
        self.assertEqual(result.returncode, 0, result.stderr)
        record = json.loads(report.read_text())
        self.assertEqual((record["mips"]["levels"], record["mips"]["bytes"]), (8, out.stat().st_size))
        self.assertEqual(record["bytes"]["blocks"], 16 * blocks((201, 103), (8, 8)))
        self.assertEqual(texelscope("decode", out, "--out", self.path / "d.png").returncode, 0)
        self.assertAlmostEqual(psnr(pixels(ODD), pixels(self.path / "d.png")), record["psnr_db"], places=4)

    def test_a_batch_writes_astc(self):
        pictures, out = self.path / "in", self.path / "out"
        pictures.mkdir()
        (pictures / "a.png").write_bytes(SWATCHES.read_bytes())
        result = texelscope("run", pictures, *FAST, "--steps", 0, "--out-dir", out)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(sorted(p.name for p in out.iterdir()), ["a.astc", "texelscope-batch.json"])
        result = texelscope("run", pictures, *FAST, "--steps", 0, "--out-dir", out, "--mips", "box")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("a.ktx2", [p.name for p in out.iterdir()])

    def test_what_astc_cannot_be_is_refused(self):
        self.assert_fails(texelscope("run", SWATCHES, *FAST, "--out", self.path / "a.dds"), 2, "a.dds", ".astc or .ktx2")
        self.assert_fails(texelscope("run", SWATCHES, *FAST, "--mips", "box", "--out", self.path / "a.astc"), 2, ".ktx2")
        self.assert_fails(texelscope("run", SWATCHES, *FAST, "--out-dir", self.path / "o", "--format", "dds"), 2,
                          "--format dds", ".astc or .ktx2")
        self.assert_fails(texelscope("run", SWATCHES, "--codec", "bc7", "--out", self.path / "a.astc"), 2, ".dds or .ktx2")
        self.assert_fails(texelscope("run", SWATCHES, "--codec", "astc", "--set", "block=7x7"), 2, "block", "7x7")


if __name__ == "__main__":
    unittest.main()
