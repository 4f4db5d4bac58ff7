#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "codec/codec.h"
#include "display/feature_look.h"
#include "image/tone_map.h"
#include "image/mips.h"
#include "session/snapshot.h"

namespace txs::session {

/// What the window, the commands, the scripts and the tests drive: sources, the running encode, and the runs before it.
/// Commands take effect at once or with the next update; their failures are said (core/log.h) unless a comment says
/// that they throw. One thread calls it; loading, packing and saving run on a worker of its own.
class Session {
 public:
  explicit Session(gpu::Device& device);
  ~Session();

  // Sources. Encoding starts as soon as one is loaded.
  /// Images, artifacts, folders of them; the first is shown: an image as the source of both experiments, an artifact of
  /// its size over it, in the focused one.
  void open(const std::vector<std::filesystem::path>& paths);
  /// An image with an artifact shown over it. A training that the artifact holds goes on, by the file's parameters.
  void open_over(const std::filesystem::path& image, const std::filesystem::path& artifact);
  void select_file(std::size_t index);
  bool loading() const;
  const std::string& load_problem() const;  ///< of the newest open or select_file; empty if it was shown

  // The second experiment (B) beside the first (A), on the same source. What is said below of the codec, the run and of
  // keeping is of the focused one, unless a comment says otherwise. Each throws Error(usage) where it cannot be.
  void focus(Slot slot);
  void set_b_codec(std::string_view id);   ///< starts B, or starts it anew
  void set_b_preset(std::string_view id);  ///< the same
  /// An artifact of the source's size becomes B, or that is said why not (`load_problem` too).
  void open_as_b(const std::filesystem::path& path);
  void remove_b();  ///< its run stays in the list
  void swap();      ///< A becomes B and B becomes A

  // The codec and its parameters. Each throws Error(usage) on a name or value that is not there, and changes nothing then.
  void set_codec(std::string_view id);
  void set_preset(std::string_view id);
  void set_parameter(std::string_view key, double value);
  void set_parameter_text(std::string_view key, std::string_view text);
  void set_seed(std::uint64_t seed);
  void restore_run(std::uint64_t id);  ///< its codec, parameters and seed become the present ones; starts anew

  // The run. Pausing is of both experiments, so that they stay comparable.
  void pause();
  void resume();
  void restart();
  void step();  ///< pauses, and each takes one step more
  /// Each experiment inspects the block of its own that holds the texel. Throws Error(usage) where the picture has no such
  /// texel, or nothing is open.
  void select_texel(std::uint32_t x, std::uint32_t y);
  /// The same by a block of the focused experiment.
  void select_block(std::uint32_t block_x, std::uint32_t block_y);
  void clear_selection();
  /// The codec's view that is looked at; the others may be out of date. Empty: none.
  void show_view(Slot slot, std::string_view id);

  /// One frame's work: takes what has arrived, records what fits the budget, submits, never waits for the GPU.
  struct Frame {
    double milliseconds = 12;  ///< of GPU time for the search, shared by the experiments that go on
    codec::Budget::Pace pace = codec::Budget::Pace::watch;
    std::uint64_t stop_at_step = UINT64_MAX;  ///< pauses there (commands' --steps)
  };
  void update(const Frame& frame);
  /// Waits until what update submitted has run, so that a headless loop does not spin.
  void wait_for_gpu();

  const Snapshot& snapshot() const;

  // Keeping. Each takes the state of now; the file is written by the worker, beside and renamed. `done` (may be empty) is
  // called from update() with an empty text, or with what went wrong (which has been said then).
  using Saved = std::function<void(const std::string& problem)>;
  struct SheetSettings {
    std::string view;          ///< id of the codec view; empty: the first
    float error_scale = 0.1f;
    display::FeatureLook features = {};  ///< for a view of features
    float exposure_stops = 0;            ///< of pictures
    ToneCurve tone_curve = ToneCurve::reinhard;  ///< of light
  };
  /// With which levels below the picture files of blocks are saved from now on, and what reports say that they take.
  /// None: with none, as at the start.
  void set_mips(std::optional<MipFilter> filter);
  /// Of which files sizes are said: by how their names end (".ktx2"); of codecs that have no such files of their first.
  void set_container(std::string_view ending);
  /// Blocks: .dds or .ktx2, of ASTC .astc or .ktx2; networks: .txs.
  void save_artifact(const std::filesystem::path& path, Saved done = {});
  void save_checkpoint(const std::filesystem::path& path, Saved done = {});  ///< .txs, with what training needs to go on
  void save_latents(const std::filesystem::path& path, Saved done = {});     ///< a network's grids, .npy or .npz
  /// The curves of this run and of those before it, .csv or .png.
  void save_curves(const std::filesystem::path& path, Saved done = {});  ///< both experiments'
  /// .png; light also as .exr or .hdr, and as .png tone-mapped under the source's exposure.
  void save_decoded(const std::filesystem::path& path, Saved done = {});
  void save_sheet(const std::filesystem::path& path, const SheetSettings& settings, Saved done = {});  ///< B beside A
  void save_report(const std::filesystem::path& path, Saved done = {});  ///< with the other experiment's in it
  /// The full record of now (SSIM included), by way of `take`, called from update().
  void measure(std::function<void(const artifact::ResultRecord&)> take);
  bool saving() const;
  /// Takes a network's grids back from .npy or .npz: the present artifact with the file's values, as an encode that is done.
  void import_latents(const std::filesystem::path& path, Saved done = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace txs::session
