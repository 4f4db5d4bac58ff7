"""The commands as a user types them: the real program, its exit status, its one line of error, and the files it leaves."""
import csv
import json
import math
import os
import pathlib
import resource
import signal
import subprocess
import tempfile
import time
import unittest
import zlib

import numpy
from PIL import Image

PROGRAM = os.environ["TEXELSCOPE"]
SAMPLES = pathlib.Path(os.environ["TEXELSCOPE_SAMPLES"])
SWATCHES = SAMPLES / "swatches.png"
GARDEN = SAMPLES / "garden.png"


def texelscope(*arguments, environment=None, timeout=120):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=timeout,
                          env={**os.environ, **(environment or {})})


def pixels(path):
    with Image.open(path) as picture:
        return numpy.asarray(picture.convert("RGBA"))


def psnr(a, b):
    difference = numpy.asarray(a, numpy.float64)[..., :3] - numpy.asarray(b, numpy.float64)[..., :3]
    mse = (difference ** 2).mean()
    return math.inf if mse == 0 else 10 * math.log10(255 ** 2 / mse)


class Commands(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def assert_fails(self, result, status, *words):
        """One line on stderr that names what is wrong, and the status of its kind."""
        self.assertEqual(result.returncode, status, result.stderr)
        lines = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
        self.assertEqual(len(lines), 1, result.stderr)
        for word in words:
            self.assertIn(word, lines[0])

    def assert_only(self, *names):
        self.assertEqual(sorted(p.name for p in self.path.iterdir()), sorted(names))


class Run(Commands):
    def test_everything_that_is_kept_agrees(self):
        out, decoded, sheet, report = (self.path / n for n in ("a.dds", "d.png", "s.png", "r.json"))
        result = texelscope("run", GARDEN, "--preset", "tinybc", "--validate", "--out", out, "--decoded", decoded,
                            "--sheet", sheet, "--report", report)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assert_only("a.dds", "d.png", "s.png", "r.json")
        record = json.loads(report.read_text())
        for key in ("version", "image", "codec", "preset", "parameters", "seed", "device", "steps", "seconds", "bytes",
                    "bits_per_pixel", "compression_ratio", "psnr_db", "psnr_relaxed_db", "ssim", "max_error", "history"):
            self.assertIn(key, record)
        source, picture = pixels(GARDEN), pixels(decoded)
        self.assertEqual(record["image"]["width"], source.shape[1])
        self.assertEqual(record["bytes"]["total"], out.stat().st_size)
        self.assertEqual(sum(v for k, v in record["bytes"].items() if k != "total"), record["bytes"]["total"])
        self.assertAlmostEqual(record["psnr_db"], psnr(source, picture), places=4)
        self.assertGreater(record["psnr_db"], 25)
        self.assertGreaterEqual(len(record["history"]), 2)
        self.assertAlmostEqual(record["history"][-1]["psnr_db"], record["psnr_db"], places=4)
        self.assertIn("%.2f" % record["psnr_db"], result.stdout)
        again = self.path / "again.png"
        self.assertEqual(texelscope("decode", out, "--out", again).returncode, 0)
        self.assertTrue((pixels(again) == picture).all())
        self.assertGreaterEqual(pixels(sheet).shape[1], 2 * source.shape[1])

    def test_same_seed_same_bytes(self):
        for name in ("a.dds", "b.dds"):
            self.assertEqual(texelscope("run", SWATCHES, "--out", self.path / name).returncode, 0)
        self.assertEqual((self.path / "a.dds").read_bytes(), (self.path / "b.dds").read_bytes())

    def test_ktx2_holds_the_same_pixels_as_dds(self):
        for name in ("a.dds", "a.ktx2"):
            report = self.path / "r.json"
            self.assertEqual(texelscope("run", SWATCHES, "--out", self.path / name, "--report", report).returncode, 0)
            self.assertEqual(json.loads(report.read_text())["bytes"]["total"], (self.path / name).stat().st_size)
            self.assertEqual(texelscope("decode", self.path / name, "--out", self.path / (name + ".png")).returncode, 0)
        self.assertEqual((self.path / "a.dds.png").read_bytes(), (self.path / "a.ktx2.png").read_bytes())

    def test_steps_stop_where_they_say(self):
        report = self.path / "r.json"
        self.assertEqual(texelscope("run", SWATCHES, "--steps", 7, "--report", report).returncode, 0)
        self.assertEqual(json.loads(report.read_text())["steps"], 7)

    def test_no_steps_give_the_first_picture(self):
        report = self.path / "r.json"
        result = texelscope("run", SWATCHES, "--steps", 0, "--out", self.path / "a.dds", "--report", report)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(json.loads(report.read_text())["steps"], 0)
        self.assert_only("a.dds", "r.json")

    def test_set_reaches_the_report(self):
        report = self.path / "r.json"
        result = texelscope("run", SWATCHES, "--set", "max_iterations=5", "--set", "init=published", "--report", report)
        self.assertEqual(result.returncode, 0, result.stderr)
        parameters = json.loads(report.read_text())["parameters"]
        self.assertEqual(str(parameters["max_iterations"]), "5")
        self.assertEqual(parameters["init"], "published")

    def test_odd_sizes_and_alpha(self):
        for name in ("odd.png", "leaf.png"):
            decoded = self.path / name
            self.assertEqual(texelscope("run", SAMPLES / name, "--decoded", decoded).returncode, 0)
            self.assertEqual(pixels(decoded).shape, pixels(SAMPLES / name).shape)
            self.assertGreater(psnr(pixels(SAMPLES / name), pixels(decoded)), 25)

    def test_existing_files_are_replaced_whole_and_said(self):
        out = self.path / "a.dds"
        out.write_text("old")
        result = texelscope("run", SWATCHES, "--out", out)
        self.assertEqual(result.returncode, 0)
        self.assertIn("a.dds: exists and is replaced", result.stderr)
        self.assertEqual(out.read_bytes()[:4], b"DDS ")

    def test_interrupt_keeps_what_there_is(self):
        big = self.path / "big.png"
        noise = numpy.random.default_rng(1).integers(0, 256, (2048, 2048, 3), numpy.uint8)
        Image.fromarray(noise).save(big, compress_level=1)
        out = self.path / "big.dds"
        process = subprocess.Popen([PROGRAM, "run", str(big), "--set", "max_iterations=256", "--out", str(out)],
                                   stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        time.sleep(2.5)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 1, errors)
        self.assertIn("interrupted", errors)
        self.assertEqual(out.stat().st_size, 148 + 2048 * 2048)


class Mips(Commands):
    def test_files_hold_every_level(self):
        for codec, block_bytes in (("bc1", 8), ("bc7", 16)):
            plain, chain, report = (self.path / n for n in ("plain.dds", "chain.dds", "r.json"))
            common = ("run", SWATCHES, "--codec", codec, "--steps", 1)
            self.assertEqual(texelscope(*common, "--out", plain).returncode, 0)
            result = texelscope(*common, "--mips", "kaiser", "--out", chain, "--report", report, "--validate")
            self.assertEqual(result.returncode, 0, result.stderr)
            height, width = pixels(SWATCHES).shape[:2]
            sides = [(max(1, width >> i), max(1, height >> i)) for i in range(max(width, height).bit_length())]
            sizes = [-(-w // 4) * -(-h // 4) * block_bytes for w, h in sides]
            self.assertEqual(chain.stat().st_size, 148 + sum(sizes))
            self.assertEqual(chain.read_bytes()[148:148 + sizes[0]], plain.read_bytes()[148:])
            record = json.loads(report.read_text())
            self.assertEqual(record["bytes"]["total"], plain.stat().st_size)
            self.assertEqual(record["mips"], {"filter": "kaiser", "levels": len(sizes), "bytes": chain.stat().st_size,
                                              "bits_per_pixel": chain.stat().st_size * 8 / width / height})
            decoded = self.path / "d.png"
            self.assertEqual(texelscope("decode", chain, "--out", decoded).returncode, 0)
            self.assertEqual(pixels(decoded).shape[:2], (height, width))

    def test_of_networks_are_refused(self):
        self.assert_fails(texelscope("run", SWATCHES, "--preset", "tinymlp-tiny", "--mips", "box"), 2, "--mips")
        self.assert_fails(texelscope("run", SWATCHES, "--mips", "sinc"), 2, "--mips", "sinc")


class Batch(Commands):
    """Many pictures into a folder."""
    FAST = ("--codec", "bc7", "--steps", "1")

    def setUp(self):
        super().setUp()
        self.pictures, self.out = self.path / "in", self.path / "out"
        self.pictures.mkdir()
        for name in ("odd", "swatches", "tiny"):
            (self.pictures / f"{name}.png").write_bytes((SAMPLES / f"{name}.png").read_bytes())

    def run_batch(self, *more, inputs=None):
        return texelscope("run", *(inputs or (self.pictures,)), "--out-dir", self.out, *self.FAST, *more)

    def names(self):
        return sorted(p.name for p in self.out.iterdir())

    def test_a_folder_becomes_a_folder(self):
        result = self.run_batch("--format", "ktx2", "--with", "report", "--with", "decoded", "--validate")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.names(), sorted([f"{n}.{e}" for n in ("odd", "swatches", "tiny")
                                               for e in ("ktx2", "json", "decoded.png")] + ["texelscope-batch.json"]))
        self.assertIn("3 pictures: 3 encoded", result.stdout)
        for name in ("odd", "swatches", "tiny"):
            report = json.loads((self.out / f"{name}.json").read_text())
            self.assertEqual(report["steps"], 1)
            self.assertAlmostEqual(report["psnr_db"], psnr(pixels(self.pictures / f"{name}.png"),
                                                           pixels(self.out / f"{name}.decoded.png")), places=4)
            self.assertIn("%.2f dB" % report["psnr_db"], result.stdout)

    def test_light_is_decoded_to_light(self):
        light = self.path / "ripples.exr"
        light.write_bytes((SAMPLES / "ripples.exr").read_bytes())
        result = texelscope("run", light, "--out-dir", self.out, "--preset", "bc6h-fast", "--steps", 1, "--with", "decoded",
                            "--mips", "box")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.names(), ["ripples.dds", "ripples.decoded.exr", "texelscope-batch.json"])
        self.assertIn("dB", result.stdout)

    def test_one_alone_gives_the_same_bytes(self):
        self.assertEqual(self.run_batch().returncode, 0)
        alone = self.path / "alone.dds"
        self.assertEqual(texelscope("run", self.pictures / "swatches.png", *self.FAST, "--out", alone).returncode, 0)
        self.assertEqual((self.out / "swatches.dds").read_bytes(), alone.read_bytes())

    def test_what_is_left_out_of_a_folder_is_said(self):
        (self.pictures / "more").mkdir()
        (self.pictures / "old.dds").write_bytes(b"DDS ")
        result = self.run_batch()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("left out 1 encoded file", result.stderr)
        self.assertIn("and 1 folder", result.stderr)

    def test_goes_on_past_bad_files(self):
        (self.pictures / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\nbut no more")
        gone = self.path / "gone.png"
        result = self.run_batch(inputs=(gone, self.pictures))
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertEqual(self.names(), ["odd.dds", "swatches.dds", "texelscope-batch.json", "tiny.dds"])
        self.assertIn("5 pictures: 3 encoded, 2 failed", result.stdout)
        end = result.stderr[result.stderr.rindex("failed of 5 pictures"):]
        for name in ("bad.png", "gone.png"):
            self.assertIn(name, end)
        again = self.run_batch(inputs=(gone, self.pictures))
        self.assertEqual(again.returncode, 3, again.stderr)
        self.assertIn("0 encoded, 3 up to date, 2 failed", again.stdout)

    def test_a_rerun_does_what_has_changed(self):
        self.assertEqual(self.run_batch().returncode, 0)
        before = {name: (self.out / name).stat().st_mtime_ns for name in self.names() if name.endswith(".dds")}
        self.assertIn("0 encoded, 3 up to date", self.run_batch().stdout)
        self.assertEqual({name: (self.out / name).stat().st_mtime_ns for name in before}, before)
        os.utime(self.pictures / "odd.png")
        (self.out / "tiny.dds").unlink()
        result = self.run_batch()
        self.assertIn("2 encoded, 1 up to date", result.stdout)
        self.assertEqual((self.out / "swatches.dds").stat().st_mtime_ns, before["swatches.dds"])
        self.assertIn("3 encoded", self.run_batch("--seed", "1").stdout)
        self.assertIn("3 encoded", self.run_batch("--seed", "1", "--set", "max_iterations=5").stdout)
        self.assertIn("3 encoded", self.run_batch("--with", "sheet").stdout)

    def test_what_is_refused_before_any_work(self):
        (self.pictures / "odd.bmp").write_bytes((self.pictures / "odd.png").read_bytes())
        self.assert_fails(self.run_batch(), 2, "odd.png", "odd.bmp", "odd.dds")
        (self.pictures / "odd.bmp").unlink()
        self.assert_fails(self.run_batch("--set", "nonsense=1"), 2, "nonsense")
        self.assert_fails(self.run_batch("--format", "txs"), 2, "--format txs", "ktx2")
        self.assert_fails(self.run_batch("--out", "x.dds"), 2, "--out")
        self.assert_fails(self.run_batch("--with", "nonsense"), 2, "--with", "nonsense")
        self.assert_fails(self.run_batch("--format", "ktx2", "--resume", "x.txs"), 2, "--resume")
        self.assert_fails(texelscope("run", SWATCHES, GARDEN), 2, "garden.png", "--out-dir")
        self.assert_fails(texelscope("run", self.pictures), 3, "in: is a folder", "--out-dir")
        self.assert_fails(texelscope("run", SWATCHES, "--format", "dds"), 2, "--format", "--out-dir")
        self.assert_fails(texelscope("run", self.pictures, "--out-dir", self.pictures), 2, "read from")
        self.assertFalse(self.out.exists())
        self.out.write_text("no folder")
        self.assert_fails(self.run_batch(), 1, "--out-dir")

    def test_interrupt_leaves_whole_files(self):
        noise = numpy.random.default_rng(1).integers(0, 256, (1024, 1024, 3), numpy.uint8)
        for i in range(20):
            Image.fromarray(noise).save(self.pictures / f"z{i:02}.png", compress_level=1)
        process = subprocess.Popen([PROGRAM, "run", str(self.pictures), "--out-dir", str(self.out)],
                                   stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(600):
            if (self.out / "tiny.dds").exists():
                break
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 1, errors)
        self.assertRegex(output, r"23 pictures: \d+ encoded, \d+ left")
        self.assertIn("goes on from here", errors)
        for name in self.names():
            self.assertIn(pathlib.Path(name).suffix, (".dds", ".json"))
            if name.startswith("z"):
                self.assertEqual((self.out / name).stat().st_size, 148 + 1024 * 1024)


class BadInput(Commands):
    def test_files(self):
        truncated = self.path / "cut.png"
        truncated.write_bytes(SWATCHES.read_bytes()[:1000])
        text = self.path / "notes.txt"
        text.write_text("no image")
        for path in (self.path / "gone.png", truncated, text):
            self.assert_fails(texelscope("run", path, "--out", self.path / "x.dds"), 3, path.name)
        self.assert_only("cut.png", "notes.txt")

    def test_bomb(self):
        header = b"\x89PNG\r\n\x1a\n" + bytes.fromhex("0000000d49484452000186a0000186a00806000000")
        bomb = self.path / "bomb.png"
        bomb.write_bytes(header + zlib.crc32(header[12:]).to_bytes(4, "big"))
        self.assert_fails(texelscope("run", bomb), 3, "bomb.png", "100000")

    def test_values(self):
        self.assert_fails(texelscope("run", SWATCHES, "--set", "max_iterations=100000"), 2, "max_iterations", "256")
        self.assert_fails(texelscope("run", SWATCHES, "--set", "nonsense=1"), 2, "nonsense", "max_iterations")
        self.assert_fails(texelscope("run", SWATCHES, "--set", "init=best"), 2, "init", "principal", "published")
        self.assert_fails(texelscope("run", SWATCHES, "--set", "initial_step=nan"), 2, "initial_step")
        self.assert_fails(texelscope("run", SWATCHES, "--preset", "tiny"), 2, "tiny", "tinybc")
        self.assert_fails(texelscope("run", SWATCHES, "--codec", "bc9"), 2, "bc9", "bc7")
        self.assert_fails(texelscope("run", SWATCHES, "--out", "x.jpg"), 2, "x.jpg", ".dds")
        self.assert_fails(texelscope("run", SWATCHES, "--nonsense"), 2, "--nonsense")
        self.assert_fails(texelscope("run"), 2, "IMAGE")
        for option, value in (("--steps", "-1"), ("--steps", "99999999999999999999"), ("--seed", "-1"), ("--seconds", "nan"),
                              ("--seconds", "-1"), ("--out", "")):
            self.assert_fails(texelscope("run", SWATCHES, option, value), 2, option)

    def test_outputs_that_would_take_each_others_place(self):
        one = self.path / "one.png"
        self.assert_fails(texelscope("run", SWATCHES, "--sheet", one, "--decoded", one), 2, "--sheet", "one.png")
        one.write_bytes(SWATCHES.read_bytes())
        self.assert_fails(texelscope("run", one, "--decoded", one), 2, "--decoded", "the image itself")
        self.assertEqual(one.read_bytes(), SWATCHES.read_bytes())

    def test_targets_that_cannot_be_written(self):
        target = self.path / "no" / "such" / "a.dds"
        self.assert_fails(texelscope("run", SWATCHES, "--out", target), 1, "a.dds")
        self.assert_fails(texelscope("run", SWATCHES, "--out", "/dev/full/a.dds"), 1, "a.dds")
        self.assert_only()

    def test_a_full_disk_leaves_nothing_half_written(self):
        # Files may grow to 10000 bytes and no further, which write() answers as it does on a full disk.
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (10000, 10000))
        result = subprocess.run([PROGRAM, "run", str(GARDEN), "--quiet", "--out", str(self.path / "a.dds")], text=True,
                                capture_output=True, timeout=120, preexec_fn=limit, restore_signals=False,
                                env={**os.environ, "XDG_CACHE_HOME": str(self.path / "cache"), "MESA_SHADER_CACHE_DISABLE": "1"})
        self.assert_fails(result, 1, "a.dds", "cannot be written")
        self.assertEqual([p.name for p in self.path.iterdir() if p.name.startswith("a.dds")], [])

    def test_devices(self):
        self.assert_fails(texelscope("run", SWATCHES, "--device", "no such device"), 4, "no such device")
        nowhere = {"VK_DRIVER_FILES": "/nonexistent.json", "VK_ICD_FILENAMES": "/nonexistent.json"}
        self.assert_fails(texelscope("run", SWATCHES, environment=nowhere), 4, "Vulkan")

    def test_compare_wants_one_size(self):
        self.assert_fails(texelscope("compare", SWATCHES, SAMPLES / "odd.png"), 3, "odd.png")


class Others(Commands):
    def test_compare_measures(self):
        a = pixels(SWATCHES)[..., :3]
        b = (a.astype(int) ^ 1).astype(numpy.uint8)
        Image.fromarray(b).save(self.path / "b.png")
        result = texelscope("compare", SWATCHES, self.path / "b.png", "--report", self.path / "r.json")
        self.assertEqual(result.returncode, 0, result.stderr)
        report = json.loads((self.path / "r.json").read_text())
        self.assertAlmostEqual(report["psnr_db"], 10 * math.log10(255 ** 2), places=6)
        self.assertAlmostEqual(report["max_error"], 1 / 255, places=6)

    def test_compare_measures_light(self):
        dusk = SAMPLES / "dusk.hdr"
        result = texelscope("compare", dusk, dusk, "--report", self.path / "r.json")
        self.assertEqual(result.returncode, 0, result.stderr)
        report = json.loads((self.path / "r.json").read_text())
        self.assertEqual((report["measure"], report["mpsnr_db"], report["rmsle"]), ("mPSNR", "inf", 0))
        result = texelscope("compare", dusk, SAMPLES / "ripples.exr")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertRegex(result.stdout, r"measure +mPSNR\nmpsnr_db +[0-9.]+\nrmsle +[0-9.]+\nmax_log_error")

    def test_compare_measures_tone_mapped_what_was_encoded_so(self):
        dusk, out, report = SAMPLES / "dusk.hdr", self.path / "a.dds", self.path / "r.json"
        self.assertEqual(texelscope("run", dusk, "--codec", "bc1", "--out", out, "--report", report).returncode, 0)
        result = texelscope("compare", dusk, out, "--report", self.path / "c.json")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("tone-mapped", result.stderr)
        compared = json.loads((self.path / "c.json").read_text())
        self.assertEqual((compared["measure"], compared["tone_mapped"]), ("PSNR RGB", str(dusk)))
        self.assertAlmostEqual(compared["psnr_db"], json.loads(report.read_text())["psnr_db"], places=6)
        bc6h = self.path / "l.dds"  # light out of a codec stays light beside a source of 8 bits
        self.assertEqual(texelscope("run", SWATCHES, "--preset", "bc6h-fast", "--out", bc6h).returncode, 0)
        self.assertIn("mPSNR", texelscope("compare", SWATCHES, bc6h).stdout)

    def test_what_uses_no_device_takes_none(self):
        self.assert_fails(texelscope("--device", "0", "compare", SWATCHES, SWATCHES), 2, "--device", "compare")
        self.assert_fails(texelscope("--validate", "codecs"), 2, "--validate", "codecs")

    def test_codecs_as_json(self):
        kinds = json.loads(texelscope("codecs", "--json").stdout)
        bc7 = next(kind for kind in kinds if kind["id"] == "bc7")
        self.assertIn("tinybc", [preset["id"] for preset in bc7["presets"]])
        self.assertIn("max_iterations", [parameter["key"] for parameter in bc7["parameters"]])
        self.assertTrue(all(parameter["help"] for parameter in bc7["parameters"]))

    def test_devices_and_help(self):
        devices = texelscope("devices")
        self.assertEqual(devices.returncode, 0, devices.stderr)
        self.assertIn("* would be used", devices.stdout)
        helped = texelscope("--help")
        self.assertEqual(helped.returncode, 0)
        for command in ("run", "decode", "compare", "codecs", "devices", "bench", "play"):
            self.assertIn(command, helped.stdout)

    def test_play_without_a_window(self):
        script = self.path / "series.txts"
        script.write_text(f"""
# three pictures of one search
open {SWATCHES}
preset tinybc-published
wait steps 4
sheet "{self.path}/a sheet.png"
preset tinybc
select 3 2
wait done
save {self.path}/end.dds
save {self.path}/end.png
save {self.path}/end.json
quit
""")
        result = texelscope("play", script, "--headless", "--validate")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assert_only("series.txts", "a sheet.png", "end.dds", "end.png", "end.json")
        report = json.loads((self.path / "end.json").read_text())
        self.assertEqual(report["preset"], "tinybc")

        self.assertEqual(texelscope("run", SWATCHES, "--preset", "tinybc", "--out", self.path / "run.dds").returncode, 0)
        self.assertEqual((self.path / "run.dds").read_bytes(), (self.path / "end.dds").read_bytes(),
                         "watching a search and running it give the same bits")

    def test_play_names_the_line(self):
        script = self.path / "bad.txts"
        for text, status, word in (("open\n", 2, "bad.txts:1"), ("\nfly away\n", 2, "bad.txts:2"),
                                   (f"open {self.path}/gone.png\n", 3, "bad.txts:1"), ("wait done\n", 2, "nothing is open"),
                                   (f"open {SWATCHES}\nset max_iterations 999\n", 2, "bad.txts:2")):
            script.write_text(text)
            self.assert_fails(texelscope("play", script, "--headless"), status, word)
        script.write_text(f"open {self.path}/gone.png\n")
        self.assert_fails(texelscope("play", script, "--headless"), 3, "bad.txts:1: ", "gone.png")

    def test_bench_reports_speed(self):
        table = json.loads(texelscope("bench", SAMPLES / "tiny.png", "--codec", "bc1", "--json").stdout)
        self.assertTrue(table["device"])
        settings = [row["setting"] for row in table["rows"]]
        self.assertEqual(len(settings), len(set(settings)))
        for effort in ("bc1", "bc1-fast", "bc1-best", "bc1 effort=slow"):
            self.assertIn(effort, settings)
        for row in table["rows"]:
            self.assertEqual(row["codec"], "bc1")
            megapixels = row["width"] * row["height"] / 1e6
            self.assertAlmostEqual(row["megapixels_per_second_gpu"], megapixels / (row["gpu_ms"] / 1000))
            self.assertAlmostEqual(row["megapixels_per_second_wall"], megapixels / (row["wall_ms"] / 1000))
            self.assertAlmostEqual(row["cpu_seconds_per_megapixel"], row["cpu_ms"] / 1000 / megapixels)
            self.assertGreater(row["cpu_ms"], 0)
            self.assertGreater(row["decode_gpu_ms"], 0)
            self.assertGreater(row["psnr_db"], 20)
        slow = texelscope("bench", SAMPLES / "tiny.png", "--codec", "bc1", "--effort", "slow", "--json").stdout
        self.assertEqual({row["setting"] for row in json.loads(slow)["rows"]}, {"bc1 effort=slow", "bc1-colour"})
        size = texelscope("bench", SAMPLES / "tiny.png", "--preset", "astc-8x8", "--effort", "fast", "--json").stdout
        self.assertEqual([row["setting"] for row in json.loads(size)["rows"]], ["astc-8x8 effort=fast"])
        self.assert_fails(texelscope("bench", "--effort", "eternal"), 2, "--effort eternal")

    def test_bench_times_a_peer(self):
        """Of a peer that takes its time, and writes what was made for it: our own file."""
        ours = self.path / "it's ours.dds"
        self.assertEqual(texelscope("run", SWATCHES, "--preset", "tinybc", "--out", ours).returncode, 0)
        report = json.loads(texelscope("bench", SWATCHES, "--preset", "bc1-fast", "--json", "--peer",
                                       f"""sleep 0.2; test -s {{in}} && echo talk && cp "{ours}" {{out.dds}}""").stdout)
        row = report["rows"][-1]
        self.assertEqual(row["setting"], "peer")
        self.assertGreater(row["wall_ms"], 200)
        self.assertIsNone(row["gpu_ms"])
        decoded = self.path / "d.png"
        texelscope("decode", ours, "--out", decoded)
        self.assertAlmostEqual(row["psnr_db"], psnr(pixels(SWATCHES), pixels(decoded)), places=4)
        bench = ("bench", SAMPLES / "tiny.png", "--preset", "bc1-fast", "--peer")
        self.assert_fails(texelscope(*bench, "cp a {out}"), 2, "--peer", "{in}")
        self.assert_fails(texelscope(*bench, "cp {in} b"), 2, "--peer", "{out}")
        self.assert_fails(texelscope(*bench, "false {in} {out}"), 1, "--peer", "failed")
        self.assert_fails(texelscope(*bench, "true {in} {out}"), 1, "--peer", "wrote no")

    def test_bench_counts_the_steps_of_a_training(self):
        table = json.loads(texelscope("bench", SAMPLES / "odd.png", "--preset", "tinymlp-tiny", "--steps", 3, "--json").stdout)
        self.assertGreater(table["peak_gflops"], 0.1)
        row, = table["rows"]
        self.assertEqual(row["steps"], 3)
        self.assertAlmostEqual(row["steps_per_second"] * row["seconds_per_step"], 1)
        self.assertGreater(row["decode_gpu_ms"], 0)
        if "gflops" in row:
            self.assertAlmostEqual(row["share_of_peak"], row["gflops"] / table["peak_gflops"])
            self.assertLess(row["share_of_peak"], 1)
        self.assert_fails(texelscope("bench", "--preset", "tiny"), 2, "tiny", "tinybc")
        self.assert_fails(texelscope("bench", "--codec", "bc9"), 2, "bc9", "bc7")
        self.assert_fails(texelscope("bench", "--steps", "0"), 2, "--steps")


class Networks(Commands):
    """Codecs that train. Few steps of the smallest network: what is kept is looked at, not how good it is."""
    IMAGE = SAMPLES / "odd.png"
    TINY = ("--preset", "tinymlp-tiny")

    def test_everything_that_is_kept_agrees(self):
        out, checkpoint, latents, report, curves = (self.path / n for n in ("n.txs", "c.txs", "l.npz", "r.json", "c.csv"))
        result = texelscope("run", self.IMAGE, *self.TINY, "--steps", 12, "--validate", "--out", out, "--checkpoint",
                            checkpoint, "--latents", latents, "--report", report, "--curves", curves)
        self.assertEqual(result.returncode, 0, result.stderr)
        record = json.loads(report.read_text())
        self.assertEqual(record["steps"], 12)
        self.assertEqual(record["bytes"]["total"], out.stat().st_size)
        self.assertEqual(sum(v for k, v in record["bytes"].items() if k != "total"), out.stat().st_size)
        self.assertGreater(checkpoint.stat().st_size, out.stat().st_size)
        self.assertNotIn("psnr_stage2_db", record)
        self.assertGreater(record["loss"], 0)
        self.assertEqual(record["history"][-1]["step"], 12)
        self.assertGreater(record["history"][-1]["learning_rate"], 0)

        for name in (out, checkpoint):
            decoded = self.path / "d.png"
            self.assertEqual(texelscope("decode", name, "--out", decoded).returncode, 0)
            # The CPU rounds a few texels otherwise than the device.
            self.assertAlmostEqual(psnr(pixels(self.IMAGE), pixels(decoded)), record["psnr_db"], delta=0.01)
        with open(curves, newline="") as file:
            points = list(csv.DictReader(file))
        self.assertEqual(int(points[-1]["step"]), 12)
        self.assertEqual(float(points[-1]["psnr_db"]), record["psnr_db"])
        self.assertEqual(float(points[-1]["loss"]), record["loss"])

        grids = numpy.load(latents)
        self.assertEqual(grids["data"].dtype, numpy.uint8)
        self.assertEqual(grids["lo"].shape, grids["data"].shape[:1])
        again = self.path / "again.png"
        self.assertEqual(texelscope("decode", out, "--latents", latents, "--out", again).returncode, 0)
        self.assertAlmostEqual(psnr(pixels(self.IMAGE), pixels(again)), record["psnr_db"], delta=1)

    def test_says_when_a_quantisation_that_was_asked_for_has_not_begun(self):
        out = self.path / "n.txs"
        for start, warned in ((500, True), (2, False)):
            result = texelscope("run", self.IMAGE, *self.TINY, "--set", "qat_bits=8", "--set", f"qat_start={start}", "--steps",
                                4, "--out", out)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual("holds binary16 grids" in result.stderr, warned, result.stderr)

    def test_coded_grids_are_measured_from_the_file(self):
        out, report, decoded = (self.path / n for n in ("n.txs", "r.json", "d.png"))
        result = texelscope("run", self.IMAGE, *self.TINY, "--set", "stage2=jpeg", "--set", "jpeg_quality=30", "--steps", 12,
                            "--out", out, "--report", report)
        self.assertEqual(result.returncode, 0, result.stderr)
        record = json.loads(report.read_text())
        self.assertEqual(record["stage2"], "jpeg 30")
        self.assertEqual(record["bytes_stage2"]["total"], out.stat().st_size)
        self.assertNotEqual(record["bytes"]["total"], out.stat().st_size)
        self.assertEqual(texelscope("decode", out, "--out", decoded).returncode, 0)
        self.assertAlmostEqual(psnr(pixels(self.IMAGE), pixels(decoded)), record["psnr_stage2_db"], delta=0.01)
        self.assertIn("%.2f" % record["psnr_stage2_db"], result.stdout)

    def test_resuming_equals_not_stopping(self):
        whole, half, resumed = (self.path / n for n in ("whole.txs", "half.txs", "resumed.txs"))
        texelscope("run", self.IMAGE, *self.TINY, "--seed", 5, "--steps", 9, "--out", whole)
        texelscope("run", self.IMAGE, *self.TINY, "--seed", 5, "--steps", 4, "--checkpoint", half)
        result = texelscope("run", self.IMAGE, "--resume", half, "--steps", 9, "--out", resumed)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(whole.read_bytes(), resumed.read_bytes())

    def test_what_cannot_go_on_is_refused(self):
        kept, checkpoint = self.path / "n.txs", self.path / "c.txs"
        result = texelscope("run", self.IMAGE, *self.TINY, "--steps", 1, "--out", kept, "--checkpoint", checkpoint)
        self.assertEqual(result.returncode, 0, result.stderr)
        resume = ("run", self.IMAGE, "--resume", checkpoint, "--steps", 2)
        self.assertEqual(texelscope(*resume, "--set", "lr_decoder=0.0005").returncode, 0)
        self.assert_fails(texelscope(*resume, "--set", "hidden=16"), 2, "hidden=16", "32")
        self.assert_fails(texelscope(*resume, "--seed", "1"), 2, "--resume", "seed")
        self.assert_fails(texelscope("run", self.IMAGE, "--resume", kept), 3, "n.txs", "no training")
        self.assert_fails(texelscope("run", SWATCHES, "--resume", checkpoint), 3, "c.txs", "201 x 103", "256 x 256")
        self.assert_fails(texelscope("run", self.IMAGE, "--resume", self.path / "gone.txs"), 3, "gone.txs")
        cut = self.path / "cut.txs"
        cut.write_bytes(checkpoint.read_bytes()[:-100])
        self.assert_fails(texelscope("run", self.IMAGE, "--resume", cut), 3, "cut.txs")

    def test_a_training_that_learns_nothing_any_more_says_so(self):
        white = self.path / "white.png"
        Image.new("RGB", (16, 16), (255, 255, 255)).save(white)
        small = ("--preset", "tinylatent-two-scale", "--set", "batch=1024")
        hopeless = (*small, "--set", "activation=gelu", "--set", "lr_decoder=1")
        perfect = (*small, "--set", "activation=relu", "--set", "lr_decoder=0.1")
        for image, options, steps, warned in ((self.IMAGE, hopeless, 250, True), (self.IMAGE, hopeless, 1, False),
                                              (white, perfect, 250, False)):
            result = texelscope("run", image, *options, "--steps", steps)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual("nothing is learned any more" in result.stderr, warned, result.stderr)

    def test_one_grid_a_npy(self):
        out = self.path / "n.txs"
        self.assert_fails(texelscope("run", self.IMAGE, *self.TINY, "--out", out, "--latents", self.path / "l.npy"), 2,
                          "l.npy", "8", ".npz")
        self.assert_only()  # it is said before the training, not after it

    def test_options_of_the_other_family(self):
        self.assert_fails(texelscope("run", self.IMAGE, *self.TINY, "--out", "x.dds"), 2, "x.dds", ".txs")
        self.assert_fails(texelscope("run", self.IMAGE, "--preset", "tinybc", "--out", "x.txs"), 2, "x.txs", ".dds")
        self.assert_fails(texelscope("run", self.IMAGE, "--preset", "tinybc", "--checkpoint", "x.txs"), 2, "--checkpoint")
        self.assert_fails(texelscope("run", self.IMAGE, *self.TINY, "--latents", "x.png"), 2, "--latents", ".npz")
        self.assert_fails(texelscope("run", self.IMAGE, *self.TINY, "--curves", "x.svg"), 2, "--curves", ".csv")

    def test_play_keeps_what_a_training_gives(self):
        script = self.path / "t.txts"
        script.write_text(f"""
open {self.IMAGE}
preset tinymlp-tiny
wait steps 3
checkpoint {self.path}/c.txs
save {self.path}/l.npz
latents {self.path}/l.npz
wait done
save {self.path}/n.txs
open {self.path}/c.txs
wait steps 5
curves {self.path}/c.png
quit
""")
        result = texelscope("play", script, "--headless", "--validate")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assert_only("t.txts", "c.txs", "l.npz", "n.txs", "c.png")


if __name__ == "__main__":
    unittest.main(verbosity=2)
