#include "script/script.h"

#include <charconv>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <span>
#include <vector>

#include "core/error.h"
#include "core/files.h"

namespace txs::app {
namespace {
constexpr std::size_t most_bytes = std::size_t(1) << 20;
constexpr int most_lines = 100000;
// A day is longer than any recording; beyond it a wait is a typing error.
constexpr double longest_wait_seconds = 86400;
constexpr double most_zoom = 256;

using Words = std::span<const std::string>;

/// What is wrong with a line; the caller knows its number.
struct Wrong {
  std::string what;
};

std::vector<std::string> split_words(std::string_view line) {
  std::vector<std::string> words;
  std::size_t i = 0;
  while (true) {
    while (i < line.size() && (line[i] == ' ' || line[i] == '\t' || line[i] == '\r')) ++i;
    if (i == line.size() || line[i] == '#') return words;
    std::string word;
    if (line[i] == '"') {
      const std::size_t end = line.find('"', i + 1);
      if (end == std::string_view::npos) throw Wrong{"a \" is never closed"};
      word = line.substr(i + 1, end - i - 1);
      i = end + 1;
    } else {
      while (i < line.size() && line[i] != ' ' && line[i] != '\t' && line[i] != '\r') word += line[i++];
    }
    words.push_back(std::move(word));
  }
}

template <typename T>
T number(const std::string& word, T minimum, T maximum) {
  T value{};
  const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), value);
  const bool whole = problem == std::errc{} && end == word.data() + word.size();
  if (!whole || !(value >= minimum && value <= maximum))
    throw Wrong{"'" + word + "' is no number from " + std::to_string(minimum) + " to " + std::to_string(maximum)};
  return value;
}

void expect(Words arguments, std::size_t fewest, std::size_t most, const char* usage) {
  if (arguments.size() < fewest || arguments.size() > most) throw Wrong{std::string("use: ") + usage};
}

std::string one_of(const std::string& word, const std::vector<const char*>& allowed) {
  std::string list;
  for (const char* candidate : allowed) {
    if (word == candidate) return word;
    list += (list.empty() ? "" : ", ") + std::string(candidate);
  }
  throw Wrong{"'" + word + "' is none of " + list};
}

std::filesystem::path save_path(const std::string& word, const std::vector<const char*>& extensions) {
  const std::filesystem::path path = word;
  one_of(path.extension().string(), extensions);
  return path;
}

Command parse_wait(Words arguments) {
  const char* usage = "wait done | wait steps N | wait seconds S | wait frames N";
  expect(arguments, 1, 2, usage);
  const std::string& what = one_of(arguments[0], {"done", "steps", "seconds", "frames"});
  expect(arguments, what == "done" ? 1 : 2, what == "done" ? 1 : 2, usage);
  if (what == "done") return command::WaitDone{};
  if (what == "seconds") return command::WaitSeconds{number(arguments[1], 0.0, longest_wait_seconds)};
  const auto count = number<std::uint64_t>(arguments[1], 0, 1'000'000'000);
  if (what == "steps") return command::WaitSteps{count};
  return command::WaitFrames{count};
}

/// The cells of the canvas, as view and against name them.
const std::vector<const char*>& cell_names() {
  static const std::vector<const char*> names{"original", "reconstruction", "error",   "codec",
                                              "b",        "error-b",        "codec-b", "between"};
  return names;
}

Command parse_view(Words arguments) {
  expect(arguments, 1, 1, "view CELL | view grid");
  std::vector<const char*> names = cell_names();
  names.push_back("grid");
  return command::View{one_of(arguments[0], names)};
}

Command parse_b(Words arguments) {
  const char* usage = "b codec ID | b preset ID | b open PATH | b none";
  expect(arguments, 1, 2, usage);
  const std::string what = one_of(arguments[0], {"codec", "preset", "open", "none"});
  expect(arguments, what == "none" ? 1 : 2, what == "none" ? 1 : 2, usage);
  if (what == "none") return command::BNone{};
  if (what == "codec") return command::BCodec{arguments[1]};
  if (what == "preset") return command::BPreset{arguments[1]};
  return command::BOpen{arguments[1]};
}

Command parse_zoom(Words arguments) {
  expect(arguments, 1, 3, "zoom fit | zoom PIXELS [X Y]");
  if (arguments[0] == "fit") return command::Zoom{0, false, 0, 0};
  const float zoom = number(arguments[0], 1 / 256.0f, static_cast<float>(most_zoom));
  if (arguments.size() == 1) return command::Zoom{zoom, false, 0, 0};
  expect(arguments, 3, 3, "zoom fit | zoom PIXELS [X Y]");
  return command::Zoom{zoom, true, number(arguments[1], -1e6f, 1e6f), number(arguments[2], -1e6f, 1e6f)};
}

Command parse_select(Words arguments) {
  expect(arguments, 1, 2, "select X Y | select none");
  if (arguments.size() == 1 && arguments[0] == "none") return command::Select{true, 0, 0};
  expect(arguments, 2, 2, "select X Y | select none");
  return command::Select{false, number<std::uint32_t>(arguments[0], 0, 65535), number<std::uint32_t>(arguments[1], 0, 65535)};
}

Command parse_compare(Words arguments) {
  expect(arguments, 1, 2, "compare none | compare split [SHARE] | compare difference");
  const std::string mode = one_of(arguments[0], {"none", "split", "difference"});
  const float split = arguments.size() == 2 ? number(arguments[1], 0.0f, 1.0f) : 0.5f;
  return command::Compare{mode, split};
}

template <typename T>
std::function<Command(Words)> with_path(const char* usage, std::initializer_list<const char*> extensions) {
  return [usage, allowed = std::vector<const char*>(extensions)](Words arguments) -> Command {
    expect(arguments, 1, 1, usage);
    return T{save_path(arguments[0], allowed)};
  };
}

template <typename T>
std::function<Command(Words)> plain(const char* usage) {
  return [usage](Words arguments) -> Command {
    expect(arguments, 0, 0, usage);
    return T{};
  };
}

const std::map<std::string, std::function<Command(Words)>, std::less<>>& grammar() {
  static const std::map<std::string, std::function<Command(Words)>, std::less<>> table = {
      {"open",
       [](Words a) -> Command {
         expect(a, 1, 4096, "open PATH...");
         return command::Open{{a.begin(), a.end()}};
       }},
      {"codec", [](Words a) -> Command { return expect(a, 1, 1, "codec ID"), command::Codec{a[0]}; }},
      {"preset", [](Words a) -> Command { return expect(a, 1, 1, "preset ID"), command::Preset{a[0]}; }},
      {"seed",
       [](Words a) -> Command {
         expect(a, 1, 1, "seed N");
         return command::Seed{number<std::uint64_t>(a[0], 0, std::numeric_limits<std::uint64_t>::max())};
       }},
      {"set", [](Words a) -> Command { return expect(a, 2, 2, "set KEY VALUE"), command::Set{a[0], a[1]}; }},
      {"wait", parse_wait},
      {"pause", plain<command::Pause>("pause")},
      {"resume", plain<command::Resume>("resume")},
      {"restart", plain<command::Restart>("restart")},
      {"step", plain<command::Step>("step")},
      {"select", parse_select},
      {"b", parse_b},
      {"focus",
       [](Words a) -> Command {
         expect(a, 1, 1, "focus a | focus b");
         return command::Focus{one_of(a[0], {"a", "b"}) == "b"};
       }},
      {"swap", plain<command::Swap>("swap")},
      {"view", parse_view},
      {"against",
       [](Words a) -> Command { return expect(a, 1, 1, "against CELL"), command::Against{one_of(a[0], cell_names())}; }},
      {"compare", parse_compare},
      {"codec-view", [](Words a) -> Command { return expect(a, 1, 1, "codec-view ID"), command::CodecView{a[0]}; }},
      {"zoom", parse_zoom},
      {"error-scale",
       [](Words a) -> Command { return expect(a, 1, 1, "error-scale E"), command::ErrorScale{number(a[0], 0.005f, 1.0f)}; }},
      {"sheet", with_path<command::Sheet>("sheet PATH.png", {".png"})},
      {"save",
       [](Words a) -> Command {
         expect(a, 1, 1,
                "save PATH.dds | PATH.ktx2 | PATH.astc | PATH.txs | PATH.png | PATH.exr | PATH.hdr | PATH.json | PATH.npy | PATH.npz");
         return command::Save{
             save_path(a[0], {".dds", ".ktx2", ".astc", ".txs", ".png", ".exr", ".hdr", ".json", ".npy", ".npz"})};
       }},
      {"checkpoint", with_path<command::Checkpoint>("checkpoint PATH.txs", {".txs"})},
      {"curves", with_path<command::Curves>("curves PATH.csv | PATH.png", {".csv", ".png"})},
      {"latents", with_path<command::Latents>("latents PATH.npy | PATH.npz", {".npy", ".npz"})},
      {"quit", plain<command::Quit>("quit")},
  };
  return table;
}

Command parse_command(Words words) {
  const auto found = grammar().find(words[0]);
  if (found == grammar().end()) {
    std::string known;
    for (const auto& [name, parse] : grammar()) known += (known.empty() ? "" : ", ") + name;
    throw Wrong{"'" + words[0] + "' is no command; there are " + known};
  }
  return found->second(words.subspan(1));
}
}  // namespace

Script parse_script(std::string_view text, std::string_view name) {
  Script script{std::string(name), {}};
  const auto fail = [&](int line, const std::string& what) {
    throw Error(Fault::usage, script.name + ":" + std::to_string(line) + ": " + what);
  };
  if (text.size() > most_bytes) fail(1, "a script has at most 1 MiB");
  int line_number = 0;
  while (!text.empty()) {
    if (++line_number > most_lines) fail(line_number, "a script has at most 100000 lines");
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    try {
      if (line.find('\0') != std::string_view::npos) throw Wrong{"holds a zero byte; a script is plain text"};
      const std::vector<std::string> words = split_words(line);
      if (!words.empty()) script.lines.push_back({line_number, parse_command(words)});
    } catch (const Wrong& wrong) {
      fail(line_number, wrong.what);
    }
  }
  return script;
}

Script load_script(const std::filesystem::path& path) {
  const std::vector<std::byte> bytes = read_file(path, most_bytes);
  return parse_script({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, path.string());
}

}  // namespace txs::app
