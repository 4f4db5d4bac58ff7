// Saving with mip levels: each is what its own picture encodes to, and none keeps the frame waiting.
#include "session/mip_export.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "artifact/container.h"
#include "codec/registry.h"
#include "core/error.h"
#include "core/files.h"
#include "image/load.h"
#include "session/loader.h"
#include "session_fixture.h"

namespace txs::session {
namespace {
namespace fs = std::filesystem;

const fs::path odd = fs::path(TEXELSCOPE_ASSETS) / "samples" / "odd.png";  // 201 x 103

class MipExportTest : public SessionTest {
 protected:
  MipRequest request_for(const char* preset_id, MipFilter filter, std::uint64_t steps = UINT64_MAX) {
    const auto [kind, preset] = codec::find_preset(preset_id);
    return {load_file(device(), odd).source, kind, codec::preset_parameters(*kind, *preset), 3, filter, steps};
  }

  std::vector<std::vector<std::byte>> levels_of(MipRequest request,
                                                codec::TextureFormat format = codec::TextureFormat::bc7_srgb) {
    Worker worker;
    MipExport levels(device(), worker, std::move(request));
    while (!levels.finished()) {
      if (const auto ticket = levels.update(50, codec::Budget::Pace::rush)) device().wait(*ticket);
    }
    return levels.take_levels(format);
  }

  /// The blocks that one picture encodes to.
  std::vector<std::byte> encoded_alone(const MipRequest& request, const Rgba8Image& picture) {
    codec::Source source = upload_source(device(), Rgba8Image(picture));
    source.colour_space = request.source.colour_space;
    source.alpha = request.source.alpha;
    const auto encode = request.kind->start(device(), source, request.parameters, request.seed);
    while (!encode->ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const auto goes_on = [&] {
      const codec::Progress progress = encode->progress();
      return !progress.done && !(progress.whole && progress.step >= request.steps);
    };
    while (goes_on()) {
      gpu::Recorder recorder(device());
      encode->advance(recorder, {1u << 20, codec::Budget::Pace::rush, request.steps});
      device().wait(device().submit(std::move(recorder)));
    }
    gpu::Recorder recorder(device());
    const codec::Pending<codec::Encoded> encoded = encode->artifact(recorder);
    device().wait(device().submit(std::move(recorder)));
    return std::get<codec::EncodedTexture>(encoded.get()).blocks;
  }
};

TEST_F(MipExportTest, LevelsAreWhatTheirPicturesEncodeTo) {
  for (const auto& [filter, steps] : {std::pair{MipFilter::box, UINT64_MAX}, {MipFilter::kaiser, std::uint64_t(2)}}) {
    const MipRequest request = request_for("tinybc", filter, steps);
    const std::vector<Rgba8Image> pictures =
        mip_chain(*request.source.picture, request.source.colour_space, request.source.alpha, filter);
    const auto levels = levels_of(request);
    ASSERT_EQ(levels.size(), 7u);
    ASSERT_EQ(pictures.size(), levels.size());
    for (std::size_t i = 0; i < levels.size(); ++i) EXPECT_EQ(levels[i], encoded_alone(request, pictures[i])) << i;
  }
}

/// One texel below 0 that no average shows: the codec would take the smaller pictures for unsigned ones.
TEST_F(MipExportTest, LevelsAreSignedWhereTheirPictureIs) {
  LoadedFile file = load_file(device(), odd);
  ensure_light(device(), file);
  Rgba16fImage light = *file.source.light;
  light.texels[0] = 0x8001;
  MipRequest request = request_for("bc6h-fast", MipFilter::box);
  request.source = file.source;
  request.source.light = std::make_shared<const Rgba16fImage>(std::move(light));
  ASSERT_EQ(request.parameters.choice("signed"), "auto");
  EXPECT_EQ(levels_of(request, codec::TextureFormat::bc6h_sfloat).size(), 7u);
  EXPECT_THROW(levels_of(request, codec::TextureFormat::bc6h_ufloat), Error);
}

TEST_F(MipExportTest, EndsBeforeItsPicturesAreMade) {
  Worker worker;
  { const MipExport levels(device(), worker, request_for("tinybc", MipFilter::kaiser)); }
  worker.wait_idle();
}

TEST_F(MipExportTest, FilesHaveTheLevelsAndReportsTellOfThem) {
  Session session(device());
  open(session, odd);
  finish(session);
  const fs::path plain = in_folder("plain.dds");
  save(session, plain);
  session.set_mips(MipFilter::box);
  for (const char* name : {"a.dds", "a.ktx2"}) {
    const fs::path path = in_folder(name);
    save(session, path);
    const auto texture = std::get<codec::EncodedTexture>(artifact::load_container(path));
    EXPECT_EQ(codec::level_count(texture), 8u);
    EXPECT_EQ(texture.blocks, std::get<codec::EncodedTexture>(artifact::load_container(plain)).blocks);
  }
  const fs::path report = in_folder("r.json");
  ASSERT_EQ(answer_of(session, [&](auto done) { session.save_report(report, done); }), "");
  const std::vector<std::byte> text = read_file(report);
  const auto json = nlohmann::json::parse(reinterpret_cast<const char*>(text.data()),
                                          reinterpret_cast<const char*>(text.data() + text.size()));
  EXPECT_EQ(json.at("bytes").at("total"), fs::file_size(plain));
  EXPECT_EQ(json.at("mips").at("bytes"), fs::file_size(in_folder("a.dds")));
  EXPECT_EQ(json.at("mips").at("levels"), 8);
  EXPECT_EQ(json.at("mips").at("filter"), "box");
  EXPECT_EQ(session.snapshot().a.run.mips->bytes, fs::file_size(in_folder("a.dds")));
  session.set_container(".ktx2");
  session.update({});
  EXPECT_EQ(session.snapshot().a.run.parts.back().name, "KTX2 header");
  EXPECT_EQ(session.snapshot().a.run.mips->bytes, fs::file_size(in_folder("a.ktx2")));
  session.set_mips({});
  save(session, in_folder("plain.ktx2"));
  EXPECT_EQ(session.snapshot().a.run.artifact_bytes, fs::file_size(in_folder("plain.ktx2")));
  EXPECT_FALSE(session.snapshot().a.run.mips);

  Session reader(device());
  const auto chain = std::get<codec::EncodedTexture>(artifact::load_container(in_folder("a.dds")));
  open(reader, in_folder("a.dds"));
  finish(reader);
  EXPECT_EQ(reader.snapshot().a.run.artifact_bytes, fs::file_size(plain)) << "of the picture, level 0";
  EXPECT_EQ(reader.snapshot().a.run.mips->bytes, fs::file_size(in_folder("a.dds"))) << "of the whole file";
  EXPECT_EQ(reader.snapshot().a.run.mips->levels, 8);
  reader.set_mips(MipFilter::kaiser);  // is of what is encoded here: a file keeps its own levels
  save(reader, in_folder("again.ktx2"));
  const auto again = std::get<codec::EncodedTexture>(artifact::load_container(in_folder("again.ktx2")));
  EXPECT_EQ(again.mips, chain.mips) << "what a file holds is kept in another container";
  EXPECT_EQ(again.blocks, chain.blocks);
  EXPECT_NE(reader.snapshot().source->meaning.find(", 8 levels"), std::string::npos) << reader.snapshot().source->meaning;
}

TEST_F(MipExportTest, TheSearchGoesOnMeanwhile) {
  Session session(device());
  session.set_parameter("max_iterations", 256);
  open(session, odd);
  session.set_mips(MipFilter::box);
  run_until(session, [](const Snapshot& now) { return now.a.run.figures.has_value(); });
  std::optional<std::string> problem;
  session.save_artifact(in_folder("a.dds"), [&](const std::string& text) { problem = text; });
  bool encoding = false;
  std::uint64_t at_begin = 0, at_end = 0;
  run_until(session, [&](const Snapshot& now) {
    if (now.activity == "encoding mip levels" && !encoding) at_begin = now.a.run.progress.step;
    encoding = encoding || now.activity == "encoding mip levels";
    at_end = now.a.run.progress.step;
    return problem.has_value();
  });
  EXPECT_EQ(problem, "");
  EXPECT_TRUE(encoding);
  EXPECT_TRUE(session.snapshot().a.state == State::done || at_end > at_begin) << at_begin << " .. " << at_end;
}

}  // namespace
}  // namespace txs::session
