"""What a user does with pictures and the block codec, in the real window (window_driver.py)."""
import json
import subprocess
import time
import unittest

import numpy
from PIL import Image

from window_driver import (CENTRE_CELLS, GARDEN, INSPECTOR, ODD, PATIENCE, PROGRAM, Window, holds, pixels, wait_for)

MOST_ITERATIONS = ((178, 208), (250, 208))  # the slider's knob at 64, and further right
BLOCK_IN_RECONSTRUCTION = (880, 200)


class Blocks(Window):
    def test_drop_watch_and_keep(self):
        self.start()
        empty = self.region(CENTRE_CELLS)
        self.drop(GARDEN)
        wait_for("the picture's name in the title", lambda: "garden.png" in self.title())
        self.wait_done()
        shown = self.region(CENTRE_CELLS)
        self.assertGreater(abs(shown - empty).mean(), 20, "four cells with pictures in them")

        self.key("F2", "z")
        source = pixels(GARDEN)
        self.assertTrue(holds(self.screen(), source), "the original stands on the screen, texel for pixel")
        self.key("F3")
        self.key("p")
        decoded = pixels(self.saved("-decoded.png"))
        self.assertFalse((decoded == source).all())
        self.assertTrue(holds(self.screen(), decoded), "so does what was saved of the reconstruction")
        self.key("Escape", "f")

        for key, ending in (("s", "-sheet.png"), ("d", ".dds"), ("k", ".ktx2"), ("j", ".json")):
            self.key(key)
            self.saved(ending)
        self.key("s")
        self.saved("-sheet-2.png")  # the first is not overwritten
        sheet = pixels(self.saved("-sheet.png"))
        self.assertGreater(sheet.shape[1], 2 * source.shape[1])
        report = json.loads(self.saved(".json").read_text())
        self.assertEqual(report["psnr_db"] > 30, True)
        self.assertEqual(self.saved(".dds").stat().st_size, report["bytes"]["total"])
        with Image.open(self.saved(".dds")) as dds:
            self.assertTrue((numpy.asarray(dds.convert("RGB")) == decoded).all(), "Pillow decodes the same pixels")
        self.quit()

    def test_a_dragged_slider_acts_and_is_remembered(self):
        self.start(GARDEN)
        wait_for("the picture's name in the title", lambda: "garden.png" in self.title())
        self.wait_done()
        start, end = MOST_ITERATIONS
        self.xdotool("mousemove", *start, "mousedown", 1)
        for step in range(1, 9):
            self.xdotool("mousemove", start[0] + (end[0] - start[0]) * step // 8, start[1])
            time.sleep(0.05)
        self.xdotool("mouseup", 1)
        self.wait_done()
        self.key("j")
        parameters = json.loads(self.saved(".json").read_text())["parameters"]
        self.assertGreater(int(parameters["max_iterations"]), 100)
        self.quit()
        config = json.loads((self.path / "config" / "texelscope" / "config.json").read_text())
        self.assertIn(str(parameters["max_iterations"]), json.dumps(config))

        (self.saved(".json")).unlink()
        self.start(GARDEN)
        wait_for("the picture's name in the title", lambda: "garden.png" in self.title())
        self.wait_done()
        self.key("j")
        again = json.loads(self.saved(".json").read_text())["parameters"]
        self.assertEqual(again, parameters, "the last parameters come back")
        self.quit()

    def test_a_clicked_block_is_inspected(self):
        self.start(GARDEN)
        wait_for("the picture's name in the title", lambda: "garden.png" in self.title())
        self.wait_done()
        before = self.region(INSPECTOR)
        self.xdotool("mousemove", *BLOCK_IN_RECONSTRUCTION, "click", 1)
        self.wait_done()
        self.assertGreater((self.region(INSPECTOR) != before).mean(), 0.1)
        self.key("Escape")
        self.wait_done()
        self.assertLess((self.region(INSPECTOR) != before).mean(), 0.02)
        self.quit()

    def test_help_opens_and_closes(self):
        self.start(ODD)
        wait_for("the picture's name in the title", lambda: "odd.png" in self.title())
        self.wait_done()
        before = self.region(CENTRE_CELLS)
        self.key("F1")
        self.wait_done()
        self.assertGreater(abs(self.region(CENTRE_CELLS) - before).mean(), 3)
        self.key("Escape")
        self.wait_done()
        self.assertLess(abs(self.region(CENTRE_CELLS) - before).mean(), 0.1)
        self.quit()

    def test_bad_files_change_nothing(self):
        cut, text = self.path / "cut.png", self.path / "notes.txt"
        cut.write_bytes(GARDEN.read_bytes()[:5000])
        text.write_text("no image")
        self.start(ODD)
        wait_for("the picture's name in the title", lambda: "odd.png" in self.title())
        self.wait_done()
        before = self.region((290, 70, 1070, 400))
        for path in (cut, text):
            self.drop(path)
            time.sleep(1)
            self.assertIn("odd.png", self.title())
            self.assertLess(abs(self.region((290, 70, 1070, 400)) - before).mean(), 0.5)
        errors = self.quit()
        self.assertIn("cut.png", errors)
        self.assertIn("notes.txt", errors)

    def test_a_dropped_artifact_opens(self):
        artifact = self.path / "odd.ktx2"
        subprocess.run([PROGRAM, "run", str(ODD), "--quiet", "--out", str(artifact)], check=True, capture_output=True)
        decoded = self.path / "odd-decoded.png"
        subprocess.run([PROGRAM, "decode", str(artifact), "--out", str(decoded)], check=True)
        self.start()
        self.drop(artifact)
        wait_for("the artifact's name in the title", lambda: "odd.ktx2" in self.title())
        self.wait_done()
        self.key("F3", "z")
        self.assertTrue(holds(self.screen(), pixels(decoded)))
        self.quit()

    def test_a_script_plays_in_the_window(self):
        script = self.path / "series.txts"
        script.write_text(f"open {ODD}\nwait done\nselect 3 2\nview codec\nwait frames 5\nsheet sheet.png\nsave odd.dds\nquit\n")
        played = subprocess.run([PROGRAM, "play", str(script), "--validate"], cwd=self.path / "work", timeout=PATIENCE,
                                capture_output=True, text=True)
        self.assertEqual(played.returncode, 0, played.stderr)
        subprocess.run([PROGRAM, "run", str(ODD), "--quiet", "--out", str(self.path / "run.dds")], check=True, capture_output=True)
        self.assertEqual((self.path / "work" / "odd.dds").read_bytes(), (self.path / "run.dds").read_bytes())
        self.assertGreater(pixels(self.path / "work" / "sheet.png").shape[1], 400)

    def test_resizing_and_a_broken_config(self):
        config = self.path / "config" / "texelscope" / "config.json"
        config.parent.mkdir(parents=True)
        config.write_text("{ no json")
        self.start(ODD)
        wait_for("the picture's name in the title", lambda: "odd.png" in self.title())
        for width, height in ((640, 480), (1024, 700), (1301, 777), (1440, 900)):
            self.xdotool("windowsize", self.window, width, height)
            time.sleep(0.7)
            self.assertIsNone(self.process.poll())
            drawn = self.screen()[:height, :width]
            self.assertGreater(len(numpy.unique(drawn.reshape(-1, 3), axis=0)), 200)
            self.assertGreater(drawn[height - 20:, :].mean(), 20, "the status line is at the bottom")
        errors = self.quit()
        self.assertIn("config.json", errors)


if __name__ == "__main__":
    unittest.main(verbosity=2)
