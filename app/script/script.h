#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace txs::app {

/// A scripted session: one command a line, words apart by blanks ("..." around a word with blanks), # starts a comment.
///
///   open PATH...                       images, DDS, KTX2, ASTC, TXS or folders; the rest of the script waits until it is loaded
///   codec ID | preset ID | seed N      as the commands' options, of the experiment that has the focus
///   b codec ID | b preset ID | b open PATH | b none
///                                      a second experiment beside the first (A), on the same source; `open`: a DDS, KTX2,
///                                      ASTC or TXS of the source's size
///   focus a | focus b                  what the other commands act on
///   swap                               A becomes B and B becomes A
///   set KEY VALUE                      a parameter
///   wait done | wait steps N | wait seconds S | wait frames N   steps: of the experiment that has the focus
///   pause | resume | restart | step
///   select X Y                         the block at (X, Y), counted in blocks; `select none` clears
///   view original | reconstruction | error | codec | b | error-b | codec-b | between | grid
///   compare none | split [SHARE] | difference
///   against original | reconstruction | ...   what split and difference compare with, a cell as for `view`
///   codec-view ID                      which of the codec's views the codec cell and the sheet show
///   zoom PIXELS [X Y]                  pixels a texel, around image point X Y; `zoom fit`
///   error-scale E                      the error at the top of the colour map
///   sheet PATH.png | save PATH         .dds, .ktx2, .astc, .txs (artifact), .png, of light also .exr and .hdr (decoded),
///                                      .json (report), .npy, .npz (latents); waits until it is written, as the next ones do
///   checkpoint PATH.txs                a training, to be opened and gone on with
///   curves PATH.csv | PATH.png         of this run and those before it
///   latents PATH.npy | PATH.npz        takes them back: the present network with the file's values
///   quit
///
/// Relative paths are relative to the working directory. Nothing waits unless it says so here.
namespace command {
struct Open { std::vector<std::filesystem::path> paths; };
struct Codec { std::string id; };
struct BCodec { std::string id; };
struct BPreset { std::string id; };
struct BOpen { std::filesystem::path path; };
struct BNone {};
struct Focus { bool b; };
struct Swap {};
struct Preset { std::string id; };
struct Seed { std::uint64_t seed; };
struct Set { std::string key, value; };
struct WaitDone {};
struct WaitSteps { std::uint64_t steps; };
struct WaitSeconds { double seconds; };
struct WaitFrames { std::uint64_t frames; };
struct Pause {};
struct Resume {};
struct Restart {};
struct Step {};
struct Select { bool none; std::uint32_t x, y; };
struct View { std::string cell; };
struct Compare { std::string mode; float split; };
struct Against { std::string cell; };
struct CodecView { std::string id; };
struct Zoom { float zoom; bool has_centre; float x, y; };  ///< zoom 0: fit
struct ErrorScale { float scale; };
struct Sheet { std::filesystem::path path; };
struct Save { std::filesystem::path path; };
struct Checkpoint { std::filesystem::path path; };
struct Curves { std::filesystem::path path; };
struct Latents { std::filesystem::path path; };
struct Quit {};
}  // namespace command

using Command = std::variant<command::Open, command::BCodec, command::BPreset, command::BOpen, command::BNone,
                             command::Focus, command::Swap, command::Against, command::Codec, command::Preset, command::Seed, command::Set, command::WaitDone,
                             command::WaitSteps, command::WaitSeconds, command::WaitFrames, command::Pause, command::Resume,
                             command::Restart, command::Step, command::Select, command::View, command::Compare,
                             command::CodecView, command::Zoom, command::ErrorScale, command::Sheet, command::Save,
                             command::Checkpoint, command::Curves, command::Latents, command::Quit>;

struct ScriptLine {
  int number = 0;  ///< from 1
  Command command;
};

struct Script {
  std::string name;  ///< for messages
  std::vector<ScriptLine> lines;
};

/// Throws Error(usage), "NAME:LINE: what is wrong; what would be right". At most 1 MiB and 100000 lines.
Script parse_script(std::string_view text, std::string_view name);
Script load_script(const std::filesystem::path& path);

}  // namespace txs::app
