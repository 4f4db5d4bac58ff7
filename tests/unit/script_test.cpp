// The script language: every command parses to what it says, and every mistake names its line.
#include "script/script.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace txs::app {
namespace {

template <typename T>
const T& only(const Script& script) {
  EXPECT_EQ(script.lines.size(), 1u);
  return std::get<T>(script.lines.at(0).command);
}

std::string problem_of(std::string_view text) {
  try {
    parse_script(text, "s");
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::usage);
    return error.what();
  }
  return "";
}

TEST(Script, ReadsWordsQuotesAndComments) {
  const Script script = parse_script("# series\n\n  open a.png \"b c.png\" # two\r\n\tquit\n", "s");
  ASSERT_EQ(script.lines.size(), 2u);
  EXPECT_EQ(script.lines[0].number, 3);
  EXPECT_EQ(std::get<command::Open>(script.lines[0].command).paths,
            (std::vector<std::filesystem::path>{"a.png", "b c.png"}));
  EXPECT_EQ(script.lines[1].number, 4);
  EXPECT_TRUE(std::holds_alternative<command::Quit>(script.lines[1].command));
}

TEST(Script, ReadsEveryCommandWithItsArguments) {
  EXPECT_EQ(only<command::Codec>(parse_script("codec bc7", "s")).id, "bc7");
  EXPECT_EQ(only<command::BCodec>(parse_script("b codec bc1", "s")).id, "bc1");
  EXPECT_EQ(only<command::BPreset>(parse_script("b preset tinymlp", "s")).id, "tinymlp");
  EXPECT_EQ(only<command::BOpen>(parse_script("b open \"x y.dds\"", "s")).path, "x y.dds");
  EXPECT_TRUE(std::holds_alternative<command::BNone>(parse_script("b none", "s").lines[0].command));
  EXPECT_TRUE(only<command::Focus>(parse_script("focus b", "s")).b);
  EXPECT_FALSE(only<command::Focus>(parse_script("focus a", "s")).b);
  EXPECT_TRUE(std::holds_alternative<command::Swap>(parse_script("swap", "s").lines[0].command));
  EXPECT_EQ(only<command::Against>(parse_script("against b", "s")).cell, "b");
  EXPECT_EQ(only<command::Preset>(parse_script("preset tinybc", "s")).id, "tinybc");
  EXPECT_EQ(only<command::Seed>(parse_script("seed 18446744073709551615", "s")).seed, UINT64_MAX);
  EXPECT_EQ(only<command::Set>(parse_script("set a b", "s")).value, "b");
  EXPECT_EQ(only<command::WaitSteps>(parse_script("wait steps 12", "s")).steps, 12u);
  EXPECT_EQ(only<command::WaitSeconds>(parse_script("wait seconds 0.25", "s")).seconds, 0.25);
  EXPECT_EQ(only<command::WaitFrames>(parse_script("wait frames 3", "s")).frames, 3u);
  EXPECT_FALSE(only<command::Select>(parse_script("select 3 4", "s")).none);
  EXPECT_TRUE(only<command::Select>(parse_script("select none", "s")).none);
  EXPECT_EQ(only<command::View>(parse_script("view codec", "s")).cell, "codec");
  EXPECT_EQ(only<command::Compare>(parse_script("compare split 0.25", "s")).split, 0.25f);
  EXPECT_EQ(only<command::Zoom>(parse_script("zoom fit", "s")).zoom, 0.0f);
  const auto zoom = only<command::Zoom>(parse_script("zoom 16 100 50.5", "s"));
  EXPECT_TRUE(zoom.has_centre);
  EXPECT_EQ(zoom.y, 50.5f);
  EXPECT_EQ(only<command::ErrorScale>(parse_script("error-scale 0.05", "s")).scale, 0.05f);
  EXPECT_EQ(only<command::Sheet>(parse_script("sheet x.png", "s")).path, "x.png");
  EXPECT_EQ(only<command::Save>(parse_script("save x.ktx2", "s")).path, "x.ktx2");
  EXPECT_EQ(only<command::Save>(parse_script("save x.npz", "s")).path, "x.npz");
  EXPECT_EQ(only<command::Checkpoint>(parse_script("checkpoint x.txs", "s")).path, "x.txs");
  EXPECT_EQ(only<command::Curves>(parse_script("curves x.csv", "s")).path, "x.csv");
  EXPECT_EQ(only<command::Latents>(parse_script("latents \"a b.npy\"", "s")).path, "a b.npy");
  for (const char* word : {"wait done", "pause", "resume", "restart", "step", "quit"})
    EXPECT_EQ(parse_script(word, "s").lines.size(), 1u) << word;
}

TEST(Script, NamesTheLineAndWhatWouldBeRight) {
  EXPECT_EQ(problem_of("pause\nwait steps -1"), "s:2: '-1' is no number from 0 to 1000000000");
  EXPECT_EQ(problem_of("save x.jpg"), "s:1: '.jpg' is none of .dds, .ktx2, .astc, .txs, .png, .exr, .hdr, .json, .npy, .npz");
  EXPECT_EQ(problem_of("b"), "s:1: use: b codec ID | b preset ID | b open PATH | b none");
  EXPECT_EQ(problem_of("b none x"), "s:1: use: b codec ID | b preset ID | b open PATH | b none");
  EXPECT_EQ(problem_of("focus c"), "s:1: 'c' is none of a, b");
  EXPECT_EQ(problem_of("against grid"),
            "s:1: 'grid' is none of original, reconstruction, error, codec, b, error-b, codec-b, between");
  EXPECT_EQ(problem_of("checkpoint x.dds"), "s:1: '.dds' is none of .txs");
  EXPECT_EQ(problem_of("curves"), "s:1: use: curves PATH.csv | PATH.png");
  EXPECT_NE(problem_of("latents x.png"), "");
  EXPECT_NE(problem_of("fly").find("s:1: 'fly' is no command; there are against, b, checkpoint"), std::string::npos);
  EXPECT_EQ(problem_of("open \"a"), "s:1: a \" is never closed");
  EXPECT_EQ(problem_of("set key"), "s:1: use: set KEY VALUE");
  EXPECT_NE(problem_of("zoom nan"), "");
  EXPECT_NE(problem_of("wait seconds inf"), "");
  EXPECT_NE(problem_of("zoom 2 5"), "");
  EXPECT_NE(problem_of(std::string("pause\0", 6)), "");
  EXPECT_NE(problem_of(std::string((1 << 20) + 1, '\n')), "");
}

}  // namespace
}  // namespace txs::app
