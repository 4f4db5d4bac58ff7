// Codecs of light in a session: BC6H over HDR and LDR pictures, and what is shown, measured and kept of it.
#include <cmath>

#include "artifact/container.h"
#include "codec/registry.h"
#include "core/half.h"
#include "image/load.h"
#include "session_fixture.h"

namespace txs::session {
namespace {
namespace fs = std::filesystem;

const fs::path samples = fs::path(TEXELSCOPE_ASSETS) / "samples";
const fs::path dusk = samples / "dusk.hdr", ripples = samples / "ripples.exr", odd = samples / "odd.png";

class SessionLightTest : public SessionTest {
 protected:
  static void encode(Session& session, const fs::path& path, std::string_view preset = "bc6h-fast") {
    session.set_preset(preset);
    open(session, path);
    finish(session);
  }
  static const ExperimentSnapshot& a(const Session& session) { return session.snapshot().a; }
};

TEST_F(SessionLightTest, FiguresAreThoseOfTheSavedBytes) {
  for (const fs::path& path : {dusk, ripples}) {
    Session session(device());
    encode(session, path);
    ASSERT_EQ(a(session).reconstruction->format(), gpu::Format::rgba16f);
    ASSERT_TRUE(a(session).reconstruction_light);
    EXPECT_FALSE(a(session).reconstruction_pixels);
    const fs::path saved = in_folder("light.dds");
    save(session, saved);
    const codec::Encoded encoded = artifact::load_container(saved);
    const Rgba16fImage decoded = codec::find_reader(encoded)->decode_light_on_cpu(encoded);
    EXPECT_EQ(decoded.texels, a(session).reconstruction_light->texels) << "what is shown is what the file holds";
    const metrics::Figures figures = metrics::compare(*session.snapshot().source->light, decoded);
    const metrics::Figures& shown = *a(session).run.figures;
    EXPECT_EQ(shown.measure, metrics::Measure::light);
    EXPECT_NEAR(shown.psnr_db, figures.psnr_db, 0.01);
    EXPECT_NEAR(*shown.rmsle, *figures.rmsle, 1e-3 * *figures.rmsle);
    EXPECT_GT(shown.psnr_db, 20);
    EXPECT_EQ(measure_of(a(session).run), metrics::Measure::light);
  }
}

TEST_F(SessionLightTest, ASourceOfLightIsThatOfItsFile) {
  Session session(device());
  encode(session, ripples);
  const SourceInfo& source = *session.snapshot().source;
  const Image file = load_image(ripples);
  EXPECT_TRUE(source.hdr);
  EXPECT_EQ(source.light->texels, to_rgba16f(file).texels);
  EXPECT_EQ(source.light_texture->format(), gpu::Format::rgba16f);
  EXPECT_EQ(source.exposure.scale, automatic_exposure(file).scale);
  EXPECT_EQ(source.picture->texels, to_rgba8(*source.light, source.exposure).texels);
}

TEST_F(SessionLightTest, A8BitPictureIsMadeLightAndShownAsItWas) {
  Session session(device());
  session.set_preset("bc6h-fast");
  open(session, odd);
  const SourceInfo& source = *session.snapshot().source;
  finish(session);
  EXPECT_FALSE(session.snapshot().source->hdr);
  ASSERT_TRUE(session.snapshot().source->light);
  EXPECT_EQ(to_rgba8(*source.light, source.exposure).texels, source.picture->texels);
  EXPECT_EQ(a(session).run.figures->measure, metrics::Measure::light);
}

TEST_F(SessionLightTest, CodecsOfBothKindsFollowEachOther) {
  Session session(device());
  encode(session, dusk, "tinybc");
  EXPECT_EQ(a(session).reconstruction->format(), gpu::Format::rgba8);
  EXPECT_EQ(a(session).run.figures->measure, metrics::Measure::rgb);
  EXPECT_TRUE(a(session).reconstruction_pixels);
  session.set_preset("bc6h-fast");
  session.update({});
  EXPECT_TRUE(a(session).reconstruction == nullptr || a(session).reconstruction->format() == gpu::Format::rgba16f);
  finish(session);
  EXPECT_EQ(a(session).run.figures->measure, metrics::Measure::light);
  EXPECT_FALSE(a(session).reconstruction_pixels);
  session.set_preset("bc4");
  finish(session);
  EXPECT_EQ(a(session).reconstruction->format(), gpu::Format::rgba8);
  EXPECT_EQ(a(session).run.figures->measure, metrics::Measure::red);
  EXPECT_FALSE(a(session).reconstruction_light);
  EXPECT_EQ(session.snapshot().runs.size(), 2u);
}

TEST_F(SessionLightTest, DecodedPicturesAreKeptByTheirExtension) {
  Session session(device());
  encode(session, ripples);
  const auto keep = [&](const char* name) {
    EXPECT_EQ(answer_of(session, [&](auto done) { session.save_decoded(in_folder(name), done); }), "");
    return load_image(in_folder(name));
  };
  EXPECT_EQ(to_rgba16f(keep("light.exr")).texels, a(session).reconstruction_light->texels);
  EXPECT_TRUE(keep("light.hdr").is_hdr());
  EXPECT_EQ(to_rgba8(keep("light.png")).texels,
            to_rgba8(*a(session).reconstruction_light, session.snapshot().source->exposure).texels);
  EXPECT_NE(answer_of(session, [&](auto done) { session.save_decoded(in_folder("light.bmp"), done); }), "");
}

TEST_F(SessionLightTest, SheetsAndReportsAreOfLight) {
  Session session(device());
  encode(session, dusk);
  Session::SheetSettings settings;
  settings.exposure_stops = 1;
  settings.tone_curve = ToneCurve::filmic;
  ASSERT_EQ(answer_of(session, [&](auto done) { session.save_sheet(in_folder("s.png"), settings, done); }), "");
  EXPECT_GT(load_image(in_folder("s.png")).width, 4 * 96);
  std::optional<artifact::ResultRecord> record;
  session.measure([&](const artifact::ResultRecord& measured) { record = measured; });
  run_until(session, [&](const Snapshot&) { return record.has_value(); });
  EXPECT_EQ(record->figures.measure, metrics::Measure::light);
  EXPECT_TRUE(record->figures.rmsle);
  EXPECT_NEAR(record->compression_ratio(), 96 * 64 * 6 / (96.0 * 64 + 148), 1e-9);
}

TEST_F(SessionLightTest, AFileOfLightIsShownByItself) {
  Session session(device());
  encode(session, dusk);
  save(session, in_folder("dusk.ktx2"));
  Session reader(device());
  open(reader, in_folder("dusk.ktx2"));
  finish(reader);
  EXPECT_TRUE(reader.snapshot().source->hdr);
  EXPECT_EQ(reader.snapshot().source->light->texels, a(session).reconstruction_light->texels);
  EXPECT_TRUE(std::isinf(a(reader).run.figures->psnr_db));
}

TEST_F(SessionLightTest, TwoOfLightAreComparedAndMixedOnesAreNot) {
  Session session(device());
  encode(session, dusk);
  session.set_b_preset("bc6h");
  finish(session);
  run_until(session, [](const Snapshot& now) { return now.between.has_value(); });
  EXPECT_EQ(session.snapshot().between->measure, metrics::Measure::light);
  session.set_b_preset("tinybc");
  finish(session);
  EXPECT_EQ(session.snapshot().b->reconstruction->format(), gpu::Format::rgba8);
}

}  // namespace
}  // namespace txs::session
