"""Two experiments side by side in a real window: B is started, looked at, swapped and taken away."""
import subprocess
import unittest

from window_driver import *


CHOICE_OF_B = (620, 20)  # in the toolbar of the default layout at scale 1


class Sides(Window):
    def play(self, lines):
        script = self.path / "sides.txts"
        script.write_text("\n".join(lines) + "\n")
        return subprocess.run([PROGRAM, "play", str(script), "--validate"], cwd=self.path / "work", timeout=4 * PATIENCE,
                              capture_output=True, text=True)

    def test_a_script_compares_two_codecs(self):
        played = self.play([f"open {GARDEN}", "preset tinybc", "b preset tinybc", "focus b", "set max_iterations 0",
                            "wait done", "save b.dds", "focus a", "save a.dds", "view b", "wait frames 3", "view between",
                            "wait frames 3", "view grid", "compare split", "against b", "wait frames 3",
                            "compare difference", "wait frames 3", "sheet both.png", "save a.json", "swap",
                            "wait frames 3", "save swapped.dds", "b none", "wait frames 3", "sheet one.png", "quit"])
        self.assertEqual(played.returncode, 0, played.stderr)
        work = self.path / "work"
        self.assertNotEqual((work / "a.dds").read_bytes(), (work / "b.dds").read_bytes())
        self.assertEqual((work / "swapped.dds").read_bytes(), (work / "b.dds").read_bytes(), "what was B is A")
        both, one = pixels(work / "both.png"), pixels(work / "one.png")
        self.assertGreater(both.shape[0] * both.shape[1], 1.2 * one.shape[0] * one.shape[1], "B has its panels")

    def test_a_file_is_b(self):
        played = self.play([f"open {ODD}", "preset tinybc", "wait done", "save odd.dds", "b open odd.dds", "wait done",
                            "focus b", "save again.dds", f"open {GARDEN}", "b none", "wait done", "b open odd.dds", "quit"])
        self.assertNotEqual(played.returncode, 0, "a file of another size is refused")
        self.assertIn("odd.dds: is of 201 x 103", played.stderr.replace("\u00d7", "x"))
        work = self.path / "work"
        self.assertEqual((work / "again.dds").read_bytes()[148:], (work / "odd.dds").read_bytes()[148:])


    def test_a_file_dropped_on_b_becomes_b(self):
        artifact = self.path / "garden.dds"
        subprocess.run([PROGRAM, "run", str(GARDEN), "--quiet", "--preset", "tinybc-pca", "--out", str(artifact)], check=True,
                       capture_output=True)
        self.start(GARDEN)
        wait_for("the picture's name in the title", lambda: "garden.png" in self.title())
        self.wait_done()
        self.xdotool("mousemove", *CHOICE_OF_B)
        self.drop(artifact)
        self.wait_done()
        self.assertIn("garden.png", self.title(), "the source stays")
        self.key("a", "d")  # keeps B's bits, which are the file's
        kept = self.saved(".dds").read_bytes()
        self.assertEqual(kept[148:], artifact.read_bytes()[148:])
        self.key("Escape", "Escape", "Escape")
        self.assertIsNone(self.process.poll(), "Esc never quits")
        self.quit()


if __name__ == "__main__":
    unittest.main(verbosity=2)
