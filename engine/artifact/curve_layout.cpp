#include "artifact/curve_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "artifact/sheet_style.h"
#include "core/error.h"
#include "core/units.h"

namespace txs::artifact {
namespace {

using Style = SheetText::Style;

constexpr int least_width = 480, least_height = 320;

// Lengths at scale 1, on a grid of 4 pixels as those of sheet_style.
constexpr int label_gap = 8;     // between an axis and its numbers
constexpr int key_width = 32;    // long enough for every pattern of dashes
constexpr int least_cell = 256;  // a label that makes a cell of the legend wider than this may be wrapped
constexpr int least_psnr_height = 120, least_loss_height = 80;
constexpr int x_tick_spacing = 96, y_tick_spacing = 52;  // aimed at; labels that need more get more

constexpr double least_share = 0.5;      // of the asked height that all plots have together, however long the legend
constexpr double loss_share = 0.4;       // of the height that both plots have
constexpr double least_psnr_span = 0.5;  // dB, of a curve without extent

/// What an axis can show. Beyond lies nothing that is such a figure, but numbers that its arithmetic would overflow on.
Range drawable(CurveQuantity quantity) {
  return quantity == CurveQuantity::psnr ? Range{-1e6, 1e6} : Range{1e-30, 1e30};
}
constexpr Range drawable_x{0, 1e20};  // every step there is

/// The measures of the curves, each once.
std::vector<metrics::Measure> measures_of(std::span<const Curve> curves) {
  std::vector<metrics::Measure> measures;
  for (const Curve& curve : curves)
    if (std::ranges::find(measures, curve.measure) == measures.end()) measures.push_back(curve.measure);
  if (measures.empty()) measures.push_back(metrics::Measure::rgb);
  return measures;
}

std::string_view note_of(metrics::Measure measure) {
  switch (measure) {
    case metrics::Measure::red: return "10 log10(255^2 / MSE) over R of the 8-bit values as decoded";
    case metrics::Measure::red_green: return "10 log10(255^2 / MSE) over R, G of the 8-bit values as decoded";
    case metrics::Measure::rgb: return "10 log10(255^2 / MSE) over R, G, B of the 8-bit values as decoded";
    case metrics::Measure::light:
      return "10 log10(255^2 / MSE) over R, G, B under 21 exposures of -10 .. +10 stops, tone-mapped by "
             "(2^s v)^(1/2.2)";
  }
  return "";
}

std::string title_of(CurveQuantity quantity, std::span<const Curve> curves) {
  if (quantity == CurveQuantity::loss) return "Loss, logarithmic";
  std::string title;
  for (const metrics::Measure measure : measures_of(curves))
    title += (title.empty() ? "" : " / ") + std::string(metrics::psnr_name(measure));
  return title + ", dB";
}

std::string note_of(CurveQuantity quantity, std::span<const Curve> curves) {
  if (quantity == CurveQuantity::loss) return "mean squared error over the batch of a step, values in [0, 1]";
  std::string note;
  for (const metrics::Measure measure : measures_of(curves))
    note += (note.empty() ? "" : "; ") + std::string(note_of(measure));
  return note;
}

std::string_view title_of(CurvePlot::Axis axis) { return axis == CurvePlot::Axis::steps ? "Steps" : "Time, s"; }

void check_size(const CurvePlot& settings) {
  const auto fits = [](int side, int least) { return side >= least && side <= max_image_side; };
  if (fits(settings.width, least_width) && fits(settings.height, least_height)) return;
  throw Error(Fault::usage, fmt::format("plot of {} x {} pixels: must be from {} x {} to {} x {}", settings.width,
                                        settings.height, least_width, least_height, max_image_side, max_image_side));
}

/// The last PSNR, as the legend writes it; nothing where there is none.
std::string last_psnr(const Curve& curve) {
  if (curve.points.empty()) return "";
  const double psnr_db = curve.points.back().psnr_db;
  return psnr_db == INFINITY || drawable(CurveQuantity::psnr).contains(psnr_db) ? db_text(psnr_db) : "";
}

/// Puts the parts of the picture below one another. `y_` is where the next part begins.
class Layout {
 public:
  Layout(std::span<const Curve> curves, const CurvePlot& settings) : curves_(curves), settings_(settings) {
    const CurvePlot usual;
    const double larger = std::min(settings.width / double(usual.width), settings.height / double(usual.height));
    layout_.scale = std::max(1, static_cast<int>(std::lround(larger)));
    layout_.width = settings.width;
    y_ = scaled(sheet_style::margin);
  }

  CurveLayout make() {
    add_plot(CurveQuantity::psnr);
    if (settings_.loss) add_plot(CurveQuantity::loss);
    choose_legend_columns();
    place_title();
    share_heights(settings_.height - y_ - headings_height() - x_axis_height() - legend_height() -
                  scaled(sheet_style::margin));
    choose_ticks();
    for (Plot& plot : layout_.plots) place_plot(plot);
    place_x_axis();
    place_legend();
    layout_.height = std::max(settings_.height, y_ + scaled(sheet_style::margin));
    return std::move(layout_);
  }

 private:
  using Plot = CurveLayout::Plot;

  int scaled(int length) const { return length * layout_.scale; }
  int left() const { return scaled(sheet_style::margin); }
  int right() const { return layout_.width - scaled(sheet_style::margin); }
  int line_height(Style style) const { return scaled(sheet_style::of(style).line_height); }
  int text_width(Style style, const std::string& text) const {
    return static_cast<int>(std::ceil(sheet_style::font(style).width(text, text_size(style, layout_.scale))));
  }
  std::vector<std::string> wrapped(Style style, std::string_view text, int width) const {
    return sheet_style::font(style).wrap(text, text_size(style, layout_.scale), static_cast<float>(width));
  }
  int widest_label(const Ticks& ticks) const {
    int widest = 0;
    for (double value : ticks.values) widest = std::max(widest, text_width(Style::note, tick_text(value, ticks)));
    return widest;
  }
  void add_line(Style style, const std::string& text, int x, int y) {
    layout_.texts.push_back({{x, y, text_width(style, text), line_height(style)}, style, text});
  }

  /// Only its ranges yet. A loss that no run has gets no plot; the PSNR gets one of any decibels.
  void add_plot(CurveQuantity quantity) {
    Range x{0, 0}, y{INFINITY, -INFINITY};
    for (const Curve& curve : curves_) {
      for (const Point& point : drawn_points(curve, settings_.axis, quantity)) {
        x.high = std::max(x.high, point.x);
        y = {std::min(y.low, point.y), std::max(y.high, point.y)};
      }
    }
    const bool any = y.low <= y.high;
    if (!any && quantity == CurveQuantity::loss) return;
    if (!any) y = {30, 40};
    Plot plot{quantity, {}, x, y, {}, {}};
    // 20 % of air, so that a flat curve lies in the middle of the plot and not on an edge.
    if (plot.logarithmic()) plot.y = {y.low / 1.2, y.high * 1.2};
    layout_.plots.push_back(std::move(plot));

    double end = 0;
    for (const Plot& each : layout_.plots) end = std::max(end, each.x.high);
    for (Plot& each : layout_.plots) each.x.high = end > 0 ? end : 1;
  }

  /// Wrapped between the margins.
  void place_text(Style style, std::string_view text) {
    for (const std::string& line : wrapped(style, text, right() - left())) {
      add_line(style, line, left(), y_);
      y_ += line_height(style);
    }
  }

  void place_title() {
    if (settings_.title.empty()) return;
    place_text(Style::title, settings_.title);
    y_ += scaled(sheet_style::small_gap);
  }

  int headings_height() const {
    int height = (static_cast<int>(layout_.plots.size()) - 1) * scaled(sheet_style::gap);
    for (const Plot& plot : layout_.plots) {
      const std::string note = note_of(plot.quantity, curves_);
      const auto note_lines = static_cast<int>(wrapped(Style::note, note, right() - left()).size());
      height += line_height(Style::heading) + note_lines * line_height(Style::note) + scaled(sheet_style::group_gap);
    }
    return height;
  }
  int x_axis_height() const { return scaled(label_gap) + 2 * line_height(Style::note); }

  void share_heights(int height) {
    height = std::max(height, static_cast<int>(settings_.height * least_share));
    const bool both = layout_.plots.size() > 1;
    const int loss = both ? std::max(static_cast<int>(height * loss_share), scaled(least_loss_height)) : 0;
    layout_.plots.front().box.height = std::max(height - loss, scaled(least_psnr_height));
    if (both) layout_.plots.back().box.height = loss;
  }

  /// Of all plots, and with them where these begin and end: they leave room for the widest number on either axis.
  void choose_ticks() {
    int numbers = 0;
    for (Plot& plot : layout_.plots) {
      const int at_most = std::max(3, plot.box.height / scaled(y_tick_spacing));
      if (plot.logarithmic()) {
        plot.y_ticks = log_ticks(plot.y, at_most);
      } else {
        plot.y = widened_to_ticks(plot.y, at_most, least_psnr_span);
        plot.y_ticks = linear_ticks(plot.y, at_most + 2);  // the widened range has a tick more at either end
      }
      numbers = std::max(numbers, widest_label(plot.y_ticks));
    }
    for (int at_most = (right() - left()) / scaled(x_tick_spacing); !choose_x_ticks(numbers, at_most);) --at_most;
  }

  /// True if the numbers below the axis stand clear of each other; no fewer than three ticks are tried.
  bool choose_x_ticks(int y_numbers, int at_most) {
    const Range x = layout_.plots.front().x;
    const Ticks ticks = settings_.axis == CurvePlot::Axis::steps ? whole_ticks(x, at_most) : linear_ticks(x, at_most);
    const int widest = widest_label(ticks);
    const int from = left() + std::max(y_numbers + scaled(label_gap), widest / 2), to = right() - (widest + 1) / 2;
    for (Plot& plot : layout_.plots) {
      plot.box.x = from;
      plot.box.width = to - from;
      plot.x_ticks = ticks;
    }
    return at_most <= 3 || ticks.step / x.span() * (to - from) >= widest + scaled(sheet_style::gap);
  }

  void place_plot(Plot& plot) {
    if (&plot != &layout_.plots.front()) y_ += scaled(sheet_style::gap);
    place_text(Style::heading, title_of(plot.quantity, curves_));
    place_text(Style::note, note_of(plot.quantity, curves_));
    y_ += scaled(sheet_style::group_gap);
    plot.box.y = y_;
    y_ += plot.box.height;
    for (double value : plot.y_ticks.values) {
      const std::string text = tick_text(value, plot.y_ticks);
      const auto middle = static_cast<int>(std::lround(plot.at({0, value}).y));
      add_line(Style::note, text, plot.box.x - scaled(label_gap) - text_width(Style::note, text),
               middle - line_height(Style::note) / 2);
    }
  }

  void place_x_axis() {
    const Plot& plot = layout_.plots.back();
    const auto add_centred = [&](const std::string& text, double middle) {
      add_line(Style::note, text, static_cast<int>(std::lround(middle)) - text_width(Style::note, text) / 2, y_);
    };
    y_ += scaled(label_gap);
    for (double value : plot.x_ticks.values) {
      add_centred(tick_text(value, plot.x_ticks), plot.at({value, plot.y.low}).x);
    }
    y_ += line_height(Style::note);
    add_centred(std::string(title_of(settings_.axis)), plot.box.x + plot.box.width / 2.0);
    y_ += line_height(Style::note);
  }

  int label_offset() const { return scaled(key_width + sheet_style::small_gap); }
  int label_width() const { return cell_width_ - label_offset() - scaled(sheet_style::gap) - value_width_; }

  /// As many columns as the widest label allows, but no more than keep the rows alike.
  void choose_legend_columns() {
    if (curves_.empty()) return;
    int widest = 0;
    for (const Curve& curve : curves_) {
      widest = std::max(widest, text_width(Style::value, curve.label));
      value_width_ = std::max(value_width_, text_width(Style::name, last_psnr(curve)));
    }
    const int width = right() - left(), gap = scaled(2 * sheet_style::gap);
    const int cell = std::min(label_offset() + widest + scaled(sheet_style::gap) + value_width_,
                              std::max(width / 3, scaled(least_cell)));
    const auto count = static_cast<int>(curves_.size());
    const int most = std::clamp((width + gap) / (cell + gap), 1, count);
    const int rows = (count + most - 1) / most;
    legend_columns_ = (count + rows - 1) / rows;
    cell_width_ = cell;
  }

  int legend_height() const {
    int height = curves_.empty() ? 0 : scaled(sheet_style::gap);
    for (std::size_t first = 0; first < curves_.size(); first += std::size_t(legend_columns_)) {
      height += legend_row_height(first);
    }
    return height;
  }

  int legend_row_height(std::size_t first) const {
    std::size_t lines = 1;
    for (std::size_t i = first; i < std::min(curves_.size(), first + std::size_t(legend_columns_)); ++i) {
      lines = std::max(lines, wrapped(Style::value, curves_[i].label, label_width()).size());
    }
    return static_cast<int>(lines) * line_height(Style::value);
  }

  void place_legend() {
    if (!curves_.empty()) y_ += scaled(sheet_style::gap);
    for (std::size_t first = 0; first < curves_.size(); first += std::size_t(legend_columns_)) {
      for (std::size_t i = first; i < std::min(curves_.size(), first + std::size_t(legend_columns_)); ++i) {
        place_legend_cell(i, left() + static_cast<int>(i - first) * (cell_width_ + scaled(2 * sheet_style::gap)));
      }
      y_ += legend_row_height(first);
    }
  }

  void place_legend_cell(std::size_t curve, int x) {
    layout_.keys.push_back({{x, y_, scaled(key_width), line_height(Style::value)}, curve});
    int y = y_;
    for (const std::string& line : wrapped(Style::value, curves_[curve].label, label_width())) {
      add_line(Style::value, line, x + label_offset(), y);
      y += line_height(Style::value);
    }
    const std::string value = last_psnr(curves_[curve]);
    if (!value.empty()) add_line(Style::name, value, x + cell_width_ - text_width(Style::name, value), y_);
  }

  std::span<const Curve> curves_;
  const CurvePlot& settings_;
  CurveLayout layout_;
  int legend_columns_ = 1, cell_width_ = 0, value_width_ = 0;
  int y_ = 0;
};

}  // namespace

Point CurveLayout::Plot::at(Point value) const {
  return {box.x + box.width * axis_share(x, value.x, false),
          box.y + box.height * (1 - axis_share(y, value.y, logarithmic()))};
}

std::vector<Point> drawn_points(const Curve& curve, CurvePlot::Axis axis, CurveQuantity quantity) {
  std::vector<Point> points;
  for (const HistoryPoint& point : curve.points) {
    const double x = axis == CurvePlot::Axis::steps ? static_cast<double>(point.step) : point.seconds;
    const std::optional<double> y = quantity == CurveQuantity::psnr ? point.psnr_db : point.loss;
    if (drawable_x.contains(x) && y && drawable(quantity).contains(*y)) points.push_back({x, *y});
  }
  return points;
}

CurveLayout layout_curves(std::span<const Curve> curves, const CurvePlot& settings) {
  check_size(settings);
  return Layout(curves, settings).make();
}

}  // namespace txs::artifact
