"""The real program in a real window: files dropped through the X drag-and-drop protocol, keys and mouse by xdotool, and a
look at the pixels on the screen. Needs a display (test.sh starts an Xvfb); the validation layer is on and must stay silent."""
import json
import os
import pathlib
import subprocess
import tempfile
import time
import unittest

import numpy
from PIL import Image, ImageGrab

PROGRAM, DROP = os.environ["TEXELSCOPE"], os.environ["XDND_DROP"]
SAMPLES = pathlib.Path(os.environ["TEXELSCOPE_SAMPLES"])
GARDEN, ODD = SAMPLES / "garden.png", SAMPLES / "odd.png"
SIZE = (1440, 900)  # the window as it opens
PATIENCE = 60  # seconds; kernels compile on the first start

# Where things are in the default layout at scale 1.
CENTRE_CELLS = (290, 70, 1070, 660)      # left, top, right, bottom of the four cells
MOST_ITERATIONS = ((178, 208), (250, 208))  # the slider's knob at 64, and further right
BLOCK_IN_RECONSTRUCTION = (880, 200)
INSPECTOR = (1078, 60, 1435, 640)


def pixels(path):
    with Image.open(path) as picture:
        return numpy.asarray(picture.convert("RGB"))


def wait_for(what, condition, seconds=PATIENCE):
    deadline = time.time() + seconds
    while time.time() < deadline:
        result = condition()
        if result is not None and result is not False:
            return result
        time.sleep(0.1)
    raise AssertionError("waited in vain for " + what)


def holds(screen, picture):
    """True if the picture's middle stands on the screen, texel for pixel."""
    height, width, _ = picture.shape
    patch = picture[height // 2 - 24:height // 2 + 24, width // 2 - 48:width // 2 + 48]
    rows = screen.reshape(screen.shape[0], -1).tobytes()
    first = patch[0].tobytes()
    at = rows.find(first)
    while at >= 0:
        y, x = divmod(at // 3, screen.shape[1])
        if at % 3 == 0 and (screen[y:y + patch.shape[0], x:x + patch.shape[1]] == patch).all():
            return True
        at = rows.find(first, at + 1)
    return False


class Window(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)
        (self.path / "work").mkdir()
        self.process = None

    def tearDown(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.communicate()
        self.folder.cleanup()

    # --- the program

    def start(self, *arguments):
        environment = {**os.environ, "XDG_CONFIG_HOME": str(self.path / "config")}
        self.process = subprocess.Popen([PROGRAM, "--validate", *map(str, arguments)], cwd=self.path / "work",
                                        env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.window = wait_for("the window", self.find_window)
        self.xdotool("windowmove", self.window, 0, 0)
        self.xdotool("windowfocus", self.window)

    def find_window(self):
        if self.process.poll() is not None:
            self.fail("the program has ended: " + self.process.communicate()[1])
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "Texelscope"], capture_output=True, text=True)
        return found.stdout.split()[0] if found.stdout.split() else None

    def quit(self):
        self.key("q")
        out, errors = self.process.communicate(timeout=PATIENCE)
        self.assertEqual(self.process.returncode, 0, errors)
        self.process = None
        return errors

    def xdotool(self, *arguments):
        subprocess.run(["xdotool", *map(str, arguments)], check=True)

    def key(self, *names):
        self.xdotool("key", "--delay", 60, *names)
        time.sleep(0.4)

    def title(self):
        return subprocess.run(["xdotool", "getwindowname", self.window], capture_output=True, text=True).stdout.strip()

    def drop(self, *files):
        subprocess.run([DROP, self.window, *map(str, files)], check=True, timeout=PATIENCE)

    def screen(self):
        return numpy.ascontiguousarray(numpy.asarray(ImageGrab.grab(xdisplay=os.environ["DISPLAY"]).convert("RGB"))[:SIZE[1], :SIZE[0]])

    def region(self, box):
        left, top, right, bottom = box
        return self.screen()[top:bottom, left:right].astype(int)

    def wait_done(self):
        """Until nothing on the screen moves any more."""
        last, since = self.screen(), time.time()
        deadline = time.time() + PATIENCE
        while time.time() < deadline:
            time.sleep(0.3)
            now = self.screen()
            if (now[:, :1300] != last[:, :1300]).any() or (now[60:] != last[60:]).any():  # the frame rate may change
                last, since = now, time.time()
            elif time.time() - since > 1.5:
                return
        self.fail("the window never comes to rest")

    def saved(self, ending):
        def there():
            found = [p for p in (self.path / "work").iterdir() if p.name.endswith(ending)]
            return found[0] if found else None
        return wait_for(ending, there)

    # --- what a user does

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
        for width, height in ((1024, 700), (1301, 777), (1440, 900)):
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
