#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <array>
#include <cstdlib>
#include <optional>
#include <string>

#include "core/half.h"
#include "image/tone_map.h"
#include "panels/panels.h"
#include "panels/parts.h"
#include "theme/format.h"
#include "theme/widgets.h"
#include "view/cell_content.h"
#include "view/texel_values.h"

namespace txs::app {
namespace {

using codec::Texel;
using session::Snapshot;

float words(std::string_view text) { return ImGui::CalcTextSize(text.data(), text.data() + text.size()).x; }

/// Writes fields of fixed widths from left to right, so that changing numbers do not move their neighbours.
class Line {
 public:
  explicit Line(float left) : x_(left), digit_(words("0")) {}

  void label(std::string_view text) {
    place(x_);
    text_line(text, colour::text_dim);
    x_ += words(text) + theme::px(6);
  }
  void number(std::string_view text, int digits) {
    place(x_);
    text_line(text);
    x_ += digit_ * float(digits) + theme::px(6);
  }
  void number_right(std::string_view text, int digits) {
    x_ += digit_ * float(digits);
    ImGui::SameLine();
    text_right_at(x_, text);
    x_ += theme::px(6);
  }
  void swatch(const std::optional<Texel>& colour) {
    place(x_);
    const float side = theme::px(12);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float y = at.y + ImGui::GetStyle().FramePadding.y + std::floor((ImGui::GetTextLineHeight() - side) / 2);
    if (colour) draw_swatch(*ImGui::GetWindowDrawList(), {at.x, y}, {at.x + side, y + side}, *colour);
    x_ += side + theme::px(2);
  }
  void space() { x_ += theme::px(12); }
  float x() const { return x_; }

 private:
  void place(float x) {
    ImGui::SameLine();
    ImGui::SetCursorPosX(x);
  }
  float x_, digit_;
};

std::optional<Texel> texel_at(const std::shared_ptr<const Rgba8Image>& picture,
                              const std::optional<ViewState::Cursor>& cursor) {
  if (!picture || !cursor || cursor->x < 0 || cursor->y < 0 || cursor->x >= picture->width ||
      cursor->y >= picture->height) {
    return {};
  }
  return picture->at(cursor->x, cursor->y);
}

std::string or_nothing(bool there, int value) { return there ? fmt::format("{}", value) : std::string("\u2013"); }

using Light = std::array<float, 3>;

std::optional<Light> light_at(const std::shared_ptr<const Rgba16fImage>& light,
                              const std::optional<ViewState::Cursor>& cursor) {
  if (!light || !cursor || cursor->x < 0 || cursor->y < 0 || cursor->x >= light->width || cursor->y >= light->height)
    return {};
  const auto texel = light->at(cursor->x, cursor->y);
  return Light{half_to_float(texel[0]), half_to_float(texel[1]), half_to_float(texel[2])};
}

/// A picture under the cursor: stored bytes, or linear light where it is that.
struct Reading {
  std::optional<Texel> bytes;
  std::optional<Light> light;
  bool of_light = false;
};

/// As it is shown, for the swatch.
Texel as_shown(const Light& light, const Snapshot& snapshot, const ViewState& view) {
  const Exposure& exposure = snapshot.source->exposure;
  const float gain = exposure.scale * std::exp2(view.exposure_stops);
  Texel shown{0, 0, 0, 255};
  for (std::size_t c = 0; c < 3; ++c) {
    const float value = srgb_encode(tone_map(view.tone_curve, light[c] * gain, exposure.white_point));
    shown[c] = std::uint8_t(std::lround(value * 255));
  }
  return shown;
}

Reading read_original(const Snapshot& snapshot, const ViewState& view) {
  if (!snapshot.source) return {};
  if (!is_of_light(snapshot.focused())) return {texel_at(snapshot.source->picture, view.cursor), {}};
  return {{}, light_at(snapshot.source->light, view.cursor), true};
}

Reading read_decoded(const session::ExperimentSnapshot& experiment, const ViewState& view) {
  if (!is_of_light(experiment)) return {texel_at(experiment.reconstruction_pixels, view.cursor), {}};
  return {{}, light_at(experiment.reconstruction_light, view.cursor), true};
}

void colour_fields(Line& line, std::string_view name, const Reading& reading, bool with_alpha, const Snapshot& snapshot,
                   const ViewState& view) {
  line.label(name);
  if (reading.of_light) {
    line.swatch(reading.light ? std::optional(as_shown(*reading.light, snapshot, view)) : std::nullopt);
    for (std::size_t c = 0; c < 3; ++c)
      line.number_right(reading.light ? light_text((*reading.light)[c]) : std::string("\u2013"), 7);
    return line.space();
  }
  const std::optional<Texel>& texel = reading.bytes;
  line.swatch(texel);
  for (std::size_t c = 0; c < (with_alpha ? 4u : 3u); ++c)
    line.number_right(or_nothing(texel.has_value(), texel ? (*texel)[c] : 0), 3);
  line.space();
}

/// What the error picture shows at this texel: the largest difference of the channels that the codec has, of light that
/// of ln(1 + v).
std::string error_text(const Reading& a, const Reading& b, std::uint32_t channels) {
  if (a.light && b.light) {
    const auto logarithm = [](float value) { return std::copysign(std::log1p(std::abs(value)), value); };
    float largest = 0;
    for (std::size_t c = 0; c < 3; ++c)
      largest = std::max(largest, std::abs(logarithm((*a.light)[c]) - logarithm((*b.light)[c])));
    return format_fixed(double(largest), 3);
  }
  if (!a.bytes || !b.bytes) return "\u2013";
  int largest = 0;
  for (std::size_t c = 0; c < (channels < 3 ? channels : 4); ++c)
    largest = std::max(largest, std::abs((*a.bytes)[c] - (*b.bytes)[c]));
  return format_fixed(largest / 255.0, 3);
}

/// Where the fields under the cursor end. Without the block and the error where room is short: those two follow from the rest.
float draw_readout(const Snapshot& snapshot, const ViewState& view, float left, bool short_of_room) {
  Line line(left);
  const auto& cursor = view.cursor;
  line.label("x");
  line.number(or_nothing(cursor.has_value(), cursor ? cursor->x : 0), 5);
  line.label("y");
  line.number(or_nothing(cursor.has_value(), cursor ? cursor->y : 0), 5);
  line.space();
  if (const auto grid = block_grid(snapshot); grid && !short_of_room) {
    line.label("block");
    line.number(cursor ? fmt::format("{},{}", std::uint32_t(cursor->x) / grid->block.width,
                                     std::uint32_t(cursor->y) / grid->block.height)
                       : std::string("\u2013"),
                8);
    line.space();
  }
  const bool with_alpha = snapshot.source && (snapshot.source->channels == 2 || snapshot.source->channels == 4);
  const Reading original = read_original(snapshot, view), decoded = read_decoded(snapshot.focused(), view);
  colour_fields(line, "original", original, with_alpha, snapshot, view);
  colour_fields(line, "A", read_decoded(snapshot.a, view), with_alpha, snapshot, view);
  if (snapshot.b) colour_fields(line, "B", read_decoded(*snapshot.b, view), with_alpha, snapshot, view);
  if (short_of_room) return line.x();
  line.label(snapshot.b ? fmt::format("error {}", name_of(snapshot.focus)) : std::string("error"));
  const codec::CodecKind* kind = snapshot.focused().run.kind;
  line.number(error_text(original, decoded, kind ? kind->channels : 3), 5);
  return line.x();
}

/// A figure at the right end; `width` is that of its longest text. Where room is short the lowest ranks are kept.
struct Figure {
  std::string text;
  float width;
  int rank;
  std::string help;
  ImU32 ink = colour::text;
};

std::string decibels(const std::optional<metrics::Figures>& figures) {
  return figures ? format_db(figures->psnr_db) : std::string("\u2013 dB");
}

std::string psnr_help(const std::optional<metrics::Figures>& figures) {
  return fmt::format("{} of what the artifact decodes to", metrics::psnr_name(figures ? figures->measure : metrics::Measure::rgb));
}

std::vector<Figure> figures_of(const session::RunRecord& run) {
  if (run.id == 0) return {};
  const std::string steps = fmt::format("step {}/{}", run.progress.step, run.progress.planned_steps);
  const std::string most_steps = fmt::format("step {0}/{0}", run.progress.planned_steps);
  return {{steps, words(most_steps), 1, "Steps done of those planned"},
          {decibels(run.figures), words("100.00 dB"), 0, psnr_help(run.figures)},
          {format_bytes(run.artifact_bytes), words("0000.0 MiB"), 3, "The artifact's bytes"},
          {format_bpp(run.bits_per_pixel), words("00.000 bpp"), 2, "Bits of the artifact for each pixel"}};
}

/// Quality and rate of both, each in its colour, and the two against each other.
std::vector<Figure> figures_of_both(const Snapshot& snapshot) {
  std::vector<Figure> figures;
  for (const session::Slot slot : {session::Slot::a, session::Slot::b}) {
    const session::RunRecord& run = snapshot.of(slot)->run;
    const std::string name = name_of(slot);
    figures.push_back({name + " " + decibels(run.figures), words("A 100.00 dB"), 0, psnr_help(run.figures), colour_of(slot)});
    figures.push_back({format_bpp(run.bits_per_pixel), words("00.000 bpp"), 2,
                       fmt::format("Bits of {}'s artifact for each pixel, {} in all", name, format_bytes(run.artifact_bytes)),
                       colour_of(slot)});
  }
  figures.push_back({"A\u2013B " + decibels(snapshot.between), words("A\u2013B 100.00 dB"), 1,
                     fmt::format("{} of B's picture against A's: how different the two are",
                                 metrics::psnr_name(snapshot.between ? snapshot.between->measure : metrics::Measure::rgb))});
  return figures;
}

}  // namespace

void draw_status_line(const Snapshot& snapshot, const ViewState& view) {
  ImGui::AlignTextToFramePadding();
  const float start = ImGui::GetCursorPosX();
  ImGui::Dummy({0, ImGui::GetFrameHeight()});
  const bool short_of_room = ImGui::GetContentRegionAvail().x < theme::px(snapshot.b ? 1560 : 900);
  const float left = snapshot.source ? draw_readout(snapshot, view, start, short_of_room) : start;

  std::vector<Figure> figures = snapshot.b ? figures_of_both(snapshot) : figures_of(snapshot.a.run);
  const float room = ImGui::GetContentRegionMax().x - left - theme::px(16);
  const auto width = [&] {
    float sum = 0;
    for (const Figure& figure : figures) sum += figure.width + theme::px(16);
    return sum;
  };
  while (!figures.empty() && width() > room) {  // of both experiments together
    const int last = std::ranges::max_element(figures, {}, &Figure::rank)->rank;
    std::erase_if(figures, [&](const Figure& figure) { return figure.rank == last; });
  }
  float right = ImGui::GetContentRegionMax().x;
  for (auto figure = figures.rbegin(); figure != figures.rend(); ++figure) {
    ImGui::SameLine();
    text_right_at(right, figure->text, figure->ink);
    tooltip(figure->help);
    right -= figure->width + theme::px(16);
  }
}

}  // namespace txs::app
