"""Drives the real program in a real window: files dropped through the X drag-and-drop protocol, keys and mouse by xdotool,
and a look at the pixels on the screen. Needs a display (test.sh starts an Xvfb); the validation layer is on and must stay
silent."""
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
        self.key("ctrl+q")
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

    def kept(self, wanted):
        return next((path for path in (self.path / "work").iterdir() if wanted(path.name)), None)

    def saved(self, ending):
        return wait_for(ending, lambda: self.kept(lambda name: name.endswith(ending)))

    def click(self, place):
        self.xdotool("mousemove", *place, "click", 1)
        time.sleep(0.6)
