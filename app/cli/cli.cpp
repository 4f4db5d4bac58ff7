#include "cli/cli.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdio>
#include <map>
#include <memory>

#include "cli/commands.h"
#include "core/error.h"
#include "core/files.h"
#include "core/log.h"
#include "core/version.h"

namespace txs::app {
namespace {
/// Everything that options are parsed into.
struct Parsed {
  CommonOptions common;
  std::vector<std::filesystem::path> images;
  RunOptions run;
  std::vector<std::string> assignments;
  bool until_done = false;
  DecodeOptions decode;
  CompareOptions compare;
  bool codecs_json = false;
  BenchOptions bench;
  std::filesystem::path script;
  bool headless = false;
};

/// CLI11 would take "-1" for the largest number there is, and "nan" for seconds.
const CLI::Validator whole_number(
    [](std::string& text) -> std::string {
      const bool digits = !text.empty() && text.size() <= 18 && text.find_first_not_of("0123456789") == std::string::npos;
      return digits ? "" : "'" + text + "' is no whole number from 0 to 999999999999999999";
    },
    "N");
const CLI::Validator duration(
    [](std::string& text) -> std::string {
      double seconds = -1;
      const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
      const bool good = problem == std::errc{} && end == text.data() + text.size() && seconds >= 0 && seconds <= 86400;
      return good ? "" : "'" + text + "' is no number of seconds from 0 to 86400";
    },
    "S");
const CLI::Validator file_name([](std::string& text) -> std::string { return text.empty() ? "a file name is missing" : ""; },
                               "FILE");
const CLI::Validator folder_name(
    [](std::string& text) -> std::string { return text.empty() ? "a folder's name is missing" : ""; }, "DIR");

std::optional<MipFilter> mip_filter(const std::string& name) {
  if (name == "none") return {};
  return name == "box" ? MipFilter::box : MipFilter::kaiser;
}

void declare_common(CLI::App& app, CommonOptions& common) {
  app.add_option("--device", common.device.wanted, "Vulkan device, by index or part of its name (see 'texelscope devices')")
      ->type_name("NAME|INDEX");
  app.add_flag("--validate", common.device.validate,
               "Load the Vulkan validation layer; any message makes the exit status non-zero");
  app.add_flag("--quiet", common.quiet, "Say only what goes wrong");
}

void declare_batch(CLI::App& run, Parsed& parsed) {
  run.add_option("--out-dir", parsed.run.out_dir,
                 "Encode every image into this folder, as NAME.dds (ASTC: .astc, networks: .txs); goes on past a bad one (exit status 3 then), and leaves "
                 "alone what is newer than its image and made in the same way")
      ->type_name("")
      ->check(folder_name);
  run.add_option("--format", parsed.run.format, "Of the files in --out-dir: dds, or of ASTC astc (the defaults of blocks); ktx2; txs")
      ->type_name("dds|astc|ktx2|txs");
  static const std::map<std::string, Beside> beside{
      {"report", Beside::report}, {"sheet", Beside::sheet}, {"decoded", Beside::decoded}, {"curves", Beside::curves}};
  run.add_option_function<std::vector<std::string>>(
         "--with",
         [&parsed](const std::vector<std::string>& names) {
           for (const std::string& name : names) parsed.run.with.insert(beside.at(name));
         },
         "Beside each file in --out-dir, may be given more than once: NAME.json, NAME.sheet.png, NAME.decoded.png (of light "
         ".exr), NAME.curves.csv")
      ->type_name("report|sheet|decoded|curves")
      ->allow_extra_args(false)
      ->check(CLI::IsMember(beside).description(""));
}

void declare_run(CLI::App& app, Parsed& parsed) {
  CLI::App* run = app.add_subcommand("run", "Encode images without a window and keep what is asked for");
  run->add_option("IMAGE", parsed.run.images,
                  "PNG, JPEG, BMP, TGA, PSD, HDR, EXR; DDS, KTX2, ASTC and TXS are decoded. With --out-dir also several, and "
                  "folders of them")
      ->required();
  run->add_option("--codec", parsed.run.codec, "Codec, at its defaults")->type_name("ID");
  run->add_option("--preset", parsed.run.preset, "Preset; it names its codec")->type_name("NAME");
  run->add_option("--set", parsed.assignments, "A parameter; may be given more than once")->type_name("KEY=VALUE");
  run->add_option("--seed", parsed.run.seed, "Seed of all random numbers")->type_name("")->check(whole_number);
  CLI::Option* steps =
      run->add_option("--steps", parsed.run.steps, "Stop at this step (iterations of a search, steps of a training)")->type_name("")->check(whole_number);
  CLI::Option* seconds =
      run->add_option("--seconds", parsed.run.seconds, "Stop after so long")->type_name("")->check(duration);
  run->add_flag("--until-done", parsed.until_done, "Go on until the codec says done (the default)")
      ->excludes(steps)
      ->excludes(seconds);
  run->add_option("--resume", parsed.run.resume,
                  "Go on with a training that was kept by --checkpoint: its codec, parameters and seed; --set changes what "
                  "can change while it runs")
      ->type_name("FILE.txs")
      ->check(file_name);
  run->add_option_function<std::string>(
         "--mips", [&parsed](const std::string& name) { parsed.run.mips = mip_filter(name); },
         "Files of blocks with all levels down to 1x1, each encoded like the picture: box averages, kaiser is sharper "
         "(default: none)")
      ->type_name("none|box|kaiser")
      ->check(CLI::IsMember({"none", "box", "kaiser"}).description(""));
  run->add_option("--out", parsed.run.keep.artifact, "The artifact: blocks as .dds or .ktx2, of ASTC as .astc or .ktx2; networks as .txs")
      ->type_name("")
      ->check(file_name);
  run->add_option("--checkpoint", parsed.run.keep.checkpoint, "A network with what its training needs to go on, .txs")
      ->type_name("")
      ->check(file_name);
  run->add_option("--latents", parsed.run.keep.latents, "A network's feature grids for NumPy, .npy (one grid) or .npz")
      ->type_name("")
      ->check(file_name);
  run->add_option("--decoded", parsed.run.keep.decoded, "The decoded picture, .png; of light also .exr or .hdr")->type_name("")->check(file_name);
  run->add_option("--sheet", parsed.run.keep.sheet, "The comparison sheet, .png")->type_name("")->check(file_name);
  run->add_option("--report", parsed.run.keep.report, "The report, .json")->type_name("")->check(file_name);
  run->add_option("--curves", parsed.run.keep.curves, "PSNR, loss and learning rate over the steps, .csv or .png")
      ->type_name("")
      ->check(file_name);
  declare_batch(*run, parsed);
  declare_common(*run, parsed.common);
}

void declare_rest(CLI::App& app, Parsed& parsed) {
  CLI::App* decode = app.add_subcommand("decode", "Decode a DDS, KTX2, ASTC or TXS file to PNG");
  decode->add_option("ARTIFACT", parsed.decode.artifact)->required();
  decode->add_option("--latents", parsed.decode.latents, "Decode these in place of a network's own, .npy or .npz")
      ->type_name("FILE")
      ->check(file_name);
  decode->add_option("--out", parsed.decode.out, "The picture, .png; of light also .exr or .hdr")->type_name("FILE")->required();

  CLI::App* compare = app.add_subcommand("compare", "Metrics between two pictures of one size");
  compare->add_option("A", parsed.compare.a)->required();
  compare->add_option("B", parsed.compare.b)->required();
  compare->add_option("--report", parsed.compare.report, "The figures as JSON")->type_name("FILE");

  CLI::App* codecs = app.add_subcommand("codecs", "Every codec with its parameters, ranges, defaults and presets");
  codecs->add_flag("--json", parsed.codecs_json, "As JSON");

  CLI::App* devices = app.add_subcommand("devices", "What Vulkan sees, and which device would be used");
  declare_common(*devices, parsed.common);

  CLI::App* bench = app.add_subcommand("bench", "Speed tables of every preset and effort on this device");
  bench->add_option("IMAGE", parsed.bench.images, "Pictures to measure on (default: one made for it, 768x512)");
  bench->add_option("--codec", parsed.bench.codec, "This codec's presets alone")->type_name("ID");
  bench->add_option("--preset", parsed.bench.preset, "This preset alone")->type_name("NAME");
  bench->add_option("--effort", parsed.bench.effort,
                    "This effort alone, of presets that name no other: fast, normal, slow, exhaustive")
      ->type_name("NAME");
  bench->add_option("--peer", parsed.bench.peer,
                    "Another encoder's command line to run and time beside them: {in} is the picture as PNG, {out} the file to "
                    "write (.dds; {out.png} and so on for others), whose quality is measured if it is read here")
      ->type_name("COMMAND");
  bench->add_option("--steps", parsed.bench.steps, "Steps of a training to measure, after a few to warm up")
      ->type_name("")
      ->check(whole_number)
      ->capture_default_str();
  bench->add_flag("--json", parsed.bench.json, "As JSON");
  declare_common(*bench, parsed.common);

  CLI::App* play = app.add_subcommand("play", "Run a scripted session, in the window or without one");
  play->add_option("SCRIPT", parsed.script)->required();
  play->add_flag("--headless", parsed.headless, "Without a window");
  declare_common(*play, parsed.common);
}

void split_assignments(Parsed& parsed) {
  for (const std::string& text : parsed.assignments) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
      throw Error(Fault::usage, "--set " + text + ": must be KEY=VALUE, for example --set max_iterations=32");
    parsed.run.set.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
}

/// CLI11's own message on one line, as ours are; --help and --version go to stdout with status 0.
int exit_for(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
  std::string line = error.what();
  for (char& c : line)
    if (c == '\n') c = ' ';
  throw Error(Fault::usage, line + " (see texelscope --help)");
}
}  // namespace

std::variant<int, WindowRequest> run_cli(int argc, char** argv) {
  Parsed parsed;
  parsed.common.device.pipeline_cache = cache_folder();
  CLI::App app("Texelscope: a laboratory for texture compression. Without a command it opens the window.", "texelscope");
  app.set_version_flag("--version", std::string("texelscope ") + version);
  app.require_subcommand(0, 1);
  app.add_option("IMAGE", parsed.images, "Images, DDS, KTX2, ASTC, TXS or folders to open in the window");
  declare_common(app, parsed.common);
  declare_run(app, parsed);
  declare_rest(app, parsed);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return exit_for(app, error);
  }
  set_quiet(parsed.common.quiet);

  if (app.got_subcommand("run")) {
    split_assignments(parsed);
    return run_command(parsed.common, parsed.run);
  }
  const bool device_named = !parsed.common.device.wanted.empty() || parsed.common.device.validate;
  for (const char* name : {"decode", "compare", "codecs"})
    if (app.got_subcommand(name) && device_named)
      throw Error(Fault::usage, std::string("--device and --validate: ") + name + " uses no device; leave them out");
  if (app.got_subcommand("decode")) return decode_command(parsed.decode);
  if (app.got_subcommand("compare")) return compare_command(parsed.compare);
  if (app.got_subcommand("codecs")) return codecs_command(parsed.codecs_json);
  if (app.got_subcommand("devices")) return devices_command(parsed.common);
  if (app.got_subcommand("bench")) return bench_command(parsed.common, parsed.bench);
  WindowRequest window{parsed.images, parsed.common.device, {}};
  if (app.got_subcommand("play")) {
    const Script script = load_script(parsed.script);
    if (parsed.headless) return play_command(parsed.common, script);
    window.script = script;
  }
  return window;
}

}  // namespace txs::app
