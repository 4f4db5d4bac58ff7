"""What a user does with the networks, in the real window (window_driver.py). Small ones, so that they train in seconds."""
import json
import time
import unittest

import numpy

from window_driver import INSPECTOR, ODD, SAMPLES, Window, holds, pixels, wait_for

SWATCHES = SAMPLES / "swatches.png"
CODEC_VIEW = (686, 380, 1068, 660)          # the fourth cell's picture
PIXEL_IN_RECONSTRUCTION = (875, 205)
CODEC_MENU, BC1_BEST_IN_MENU = (340, 20), (275, 259)
HIDDEN_UNITS = ((142, 230), (190, 230))     # the slider's knob at 16, and further right
DONE = (0, 158, 115)                        # the dot in the toolbar
SAVE, LATENTS_IN_MENU = (1097, 20), (1127, 88)
TABS = {"PSNR": (101, 681), "Loss": (140, 681)}
PLOTS = (10, 700, 870, 860)
SMALL = {"batch": "1024", "hidden": "16", "depth": "1", "steps": "60"}


class Networks(Window):
    def start_with(self, codec, parameters, *files):
        config = self.path / "config" / "texelscope" / "config.json"
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text(json.dumps({"codec": {"id": codec, "preset": "", "parameters": {**SMALL, **parameters}}}))
        self.start(*files)

    def shown(self, name):
        wait_for("the picture's name in the title", lambda: name in self.title())
        wait_for("the end of the training", self.done)
        self.wait_done()

    def done(self):
        """The dot in the toolbar is green, and stays so: a frame may stand for as long as a kernel compiles."""
        for _ in range(5):
            if not (self.screen()[10:30, 1000:1400] == DONE).all(axis=2).any():
                return False
            time.sleep(0.3)
        return True

    def decoded_as(self, name):
        """The picture kept of the run over a file of this name; asks for it until that run is there."""
        self.key("p")
        return self.kept(lambda file: name in file and file.endswith("-decoded.png"))

    def latents(self):
        """A feature grid that the program wrote, by way of its menu: Save, then Latents as .npy."""
        self.click(SAVE)
        self.click(LATENTS_IN_MENU)
        return self.saved("-latents.npy")

    def test_a_network_trains_and_is_kept_and_opened_again(self):
        self.start_with("latent_texture", {"channels_lo": "4"}, ODD)
        self.shown("odd.png")
        self.key("p")
        decoded = pixels(self.saved("-decoded.png"))
        error = numpy.abs(decoded.astype(int) - pixels(ODD)).mean()
        self.assertLess(error, 60, "it has learned something of the picture")
        self.key("F3", "z")
        self.assertTrue(holds(self.screen(), decoded), "what is shown is what was kept")
        self.key("Escape", "f", "d", "k", "j")
        network = wait_for("the network", lambda: self.kept(lambda name: name.endswith(".txs") and "checkpoint" not in name))
        checkpoint = self.saved("-checkpoint.txs")
        report = json.loads(self.saved(".json").read_text())
        self.assertEqual(report["codec"], "latent_texture")
        self.assertEqual(report["steps"], 60)
        self.assertEqual(network.stat().st_size, report["bytes"]["total"])
        self.assertGreater(checkpoint.stat().st_size, network.stat().st_size, "the training is in the checkpoint")
        again = self.path / "again.txs"
        again.write_bytes(network.read_bytes())
        self.key("r")  # another training over it, so that the file has something to replace
        self.shown("odd.png")
        self.drop(again)
        wait_for("the file's run", lambda: self.decoded_as("again"))
        self.assertTrue((pixels(self.decoded_as("again")) == decoded).all(), "the file decodes to the same pixels")
        self.key("F3", "z")
        self.wait_done()
        self.assertTrue(holds(self.screen(), decoded))
        self.quit()

    def test_another_codec_is_taken_from_the_toolbar(self):
        self.start(SWATCHES)
        wait_for("the picture's name in the title", lambda: "swatches.png" in self.title())
        self.wait_done()
        self.click(CODEC_MENU)
        self.click(BC1_BEST_IN_MENU)  # while the canvas shows a map of the search, whose texture goes with it
        self.key("j")
        self.assertEqual(json.loads(self.saved(".json").read_text())["preset"], "bc1-best")
        self.quit()

    def test_a_network_of_another_size_starts_at_once(self):
        self.start_with("latent_texture", {"channels_lo": "4"}, ODD)
        self.shown("odd.png")
        start, end = HIDDEN_UNITS
        self.xdotool("mousemove", *start, "mousedown", 1)
        for step in range(1, 9):
            self.xdotool("mousemove", start[0] + (end[0] - start[0]) * step // 8, start[1])
            time.sleep(0.05)
        self.xdotool("mouseup", 1)
        self.shown("odd.png")
        self.key("j")
        report = json.loads(self.saved(".json").read_text())
        self.assertGreater(int(report["parameters"]["hidden"]), 32)
        self.assertEqual(report["steps"], 60)
        self.quit()

    def test_features_are_looked_at_and_the_look_is_remembered(self):
        self.start_with("hash_grid", {"levels": "4", "features": "4", "table_log2": "8"}, SWATCHES)
        self.shown("swatches.png")
        colours = self.region(CODEC_VIEW)
        self.key("m")
        self.wait_done()
        mapped = self.region(CODEC_VIEW)
        self.assertGreater(abs(mapped - colours).mean(), 2, "one channel by the colour map")
        self.key("w")
        self.wait_done()
        self.assertGreater(abs(self.region(CODEC_VIEW) - mapped).mean(), 2, "another channel")
        self.key("y", "v")
        self.wait_done()
        self.quit()
        config = json.loads((self.path / "config" / "texelscope" / "config.json").read_text())["view"]
        self.assertEqual(config["features"]["mapped"], True)
        self.assertEqual(config["features"]["channel"], 1)
        self.assertEqual(config["features"]["common_range"], True)
        self.assertNotEqual(config["codec_view"], "")

    def test_a_clicked_pixel_shows_its_features_and_the_loss_has_its_plot(self):
        self.start_with("hash_grid", {"levels": "4", "table_log2": "8"}, SWATCHES)
        self.shown("swatches.png")
        empty = self.region(INSPECTOR)
        self.click(PIXEL_IN_RECONSTRUCTION)
        self.wait_done()
        self.assertGreater((self.region(INSPECTOR) != empty).mean(), 0.02)
        psnr = self.region(PLOTS)
        self.click(TABS["Loss"])
        self.wait_done()
        self.assertGreater((self.region(PLOTS) != psnr).mean(), 0.01)
        self.quit()

    def test_latents_come_out_and_go_in_again(self):
        self.start_with("latent_texture", {"channels_lo": "4"}, ODD)
        self.shown("odd.png")
        self.key("p")
        before = pixels(self.saved("-decoded.png"))
        grid = self.latents()
        values = numpy.load(grid)
        self.assertEqual(values.dtype, numpy.float16)
        self.assertEqual(values.shape[0], 4)
        flat = self.path / "flat.npy"
        numpy.save(flat, numpy.zeros_like(values))
        self.drop(flat)
        after = pixels(wait_for("the file's run", lambda: self.decoded_as("flat")))
        self.assertTrue((after == after[0, 0]).all(), "without features every pixel decodes alike")
        self.assertFalse((before == before[0, 0]).all())
        self.quit()


if __name__ == "__main__":
    unittest.main(verbosity=2)
