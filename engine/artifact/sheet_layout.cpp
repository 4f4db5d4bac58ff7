#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

#include "artifact/sheet.h"
#include "artifact/sheet_style.h"
#include "core/units.h"
#include "core/version.h"

namespace txs::artifact {
namespace {

using Style = SheetText::Style;

SummaryGroup between_group(const std::optional<metrics::Figures>& between) {
  SummaryGroup group{"B against A", {}};
  if (!between) {
    group.fields.push_back({"figures", "none: they are of different measures"});
    return group;
  }
  group.fields.push_back({std::string(metrics::psnr_name(between->measure)), db_text(between->psnr_db)});
  group.fields.push_back({std::string(metrics::error_name(between->measure)), fraction_text(between->max_error)});
  return group;
}

/// Of two results the source once, then each with its codec, quality and size: in four columns each has a row.
std::vector<SummaryGroup> groups_of(const SheetResults& results) {
  std::vector<SummaryGroup> groups = summary(results.a);
  if (!results.b) return groups;
  std::vector<SummaryGroup> of_b = summary(*results.b);
  of_b.front() = between_group(results.between);
  for (std::size_t i = 1; i < groups.size(); ++i) {
    groups[i].title += " A";
    of_b[i].title += " B";
  }
  groups.insert(groups.end(), of_b.begin(), of_b.end());
  return groups;
}

/// Puts the parts of a sheet below one another. `y_` is where the next part begins.
class Layout {
 public:
  Layout(const std::vector<SheetPanel>& panels, const SheetResults& results) : panels_(panels), results_(results) {}

  SheetLayout make() {
    choose_columns();
    y_ = scaled(sheet_style::margin);
    place_panels();
    place_rule();
    place_groups();
    place_parameters(results_.b ? "Parameters A" : "Parameters", results_.a);
    if (results_.b) place_parameters("Parameters B", *results_.b);
    place_footnote();
    sheet_.width = left() + content_width_ + scaled(sheet_style::margin);
    sheet_.height = y_ + scaled(sheet_style::margin);
    return std::move(sheet_);
  }

 private:
  int scaled(int length) const { return length * sheet_.scale; }
  int left() const { return scaled(sheet_style::margin); }

  void choose_columns() {
    const int picture_width = panels_.front().picture.width;
    const auto count = static_cast<int>(panels_.size());
    panel_columns_ = std::int64_t(count) * picture_width > sheet_style::max_row ? std::min(count, 2) : count;
    const int row = panel_columns_ * picture_width;
    sheet_.scale = std::max(1, (row + sheet_style::scale_step / 2) / sheet_style::scale_step);

    cell_width_ = std::max(picture_width, scaled(sheet_style::min_cell));
    const int panels_width = panel_columns_ * cell_width_ + (panel_columns_ - 1) * scaled(sheet_style::gap);
    content_width_ = std::max(panels_width, scaled(sheet_style::min_content));
    text_columns_ = columns_fit(4) ? 4 : columns_fit(2) ? 2 : 1;
  }

  int column_width(int columns) const { return (content_width_ - (columns - 1) * scaled(sheet_style::gap)) / columns; }
  bool columns_fit(int columns) const { return column_width(columns) >= scaled(sheet_style::min_column); }
  int column_left(int column) const {
    return left() + column * (column_width(text_columns_) + scaled(sheet_style::gap));
  }

  float text_width(Style style, const std::string& text) const {
    return sheet_style::font(style).width(text, text_size(style, sheet_.scale));
  }

  void add_line(Style style, std::string text, int x, int y) {
    const auto width = static_cast<int>(std::ceil(text_width(style, text)));
    sheet_.texts.push_back({{x, y, width, scaled(sheet_style::of(style).line_height)}, style, std::move(text)});
  }

  /// Wrapped into `width`; gives where the next thing below may stand.
  int add_text(Style style, const std::string& text, int x, int y, int width) {
    const auto lines = sheet_style::font(style).wrap(text, text_size(style, sheet_.scale), static_cast<float>(width));
    for (const std::string& line : lines) {
      add_line(style, line, x, y);
      y += scaled(sheet_style::of(style).line_height);
    }
    return y;
  }

  void place_panels() {
    for (std::size_t first = 0; first < panels_.size(); first += std::size_t(panel_columns_)) {
      const std::size_t last = std::min(panels_.size(), first + std::size_t(panel_columns_));
      if (first > 0) y_ += scaled(sheet_style::gap);
      place_row(first, last);
    }
  }

  /// Titles, pictures and legends of panels [first, last) stand on common lines.
  void place_row(std::size_t first, std::size_t last) {
    const auto cell_left = [&](std::size_t panel) {
      return left() + static_cast<int>(panel - first) * (cell_width_ + scaled(sheet_style::gap));
    };
    int pictures_top = y_;
    for (std::size_t i = first; i < last; ++i) {
      pictures_top = std::max(pictures_top, add_text(Style::title, panels_[i].title, cell_left(i), y_, cell_width_));
    }
    pictures_top += scaled(sheet_style::small_gap) / 2;
    y_ = pictures_top;
    for (std::size_t i = first; i < last; ++i) {
      const Rgba8Image& picture = panels_[i].picture;
      sheet_.pictures.push_back({cell_left(i), pictures_top, picture.width, picture.height});
      y_ = std::max(y_, place_legend(i, cell_left(i), pictures_top + picture.height));
    }
  }

  int place_legend(std::size_t panel, int x, int y) {
    const SheetLegend& legend = panels_[panel].legend;
    if (legend.ramp.size() >= 2) y = place_bar(panel, x, y + scaled(sheet_style::small_gap));
    if (legend.swatches.empty()) return y;
    y += scaled(sheet_style::small_gap);
    return legend.rows > 0 ? place_pairs(legend, x, y) : place_swatches(legend, x, y);
  }

  /// A field of them, with the labels of its corners.
  int place_pairs(const SheetLegend& legend, int x, int y) {
    const std::size_t columns = legend.swatches.size() / legend.rows;
    const int gap = scaled(sheet_style::pairs_gap), line_height = scaled(sheet_style::of(Style::note).line_height);
    const int step = std::min(scaled(sheet_style::swatch) + gap, cell_width_ / int(columns)), side = step - gap;
    const std::string& last = legend.swatches[(columns - 1) * legend.rows].label;
    const auto last_width = static_cast<int>(std::ceil(text_width(Style::note, last)));
    const auto first_width = static_cast<int>(std::ceil(text_width(Style::note, legend.swatches.front().label)));
    add_line(Style::note, legend.swatches.front().label, x, y);
    add_line(Style::note, last,
             x + std::max(int(columns) * step - last_width, first_width + scaled(sheet_style::small_gap)), y);
    y += line_height;
    for (std::size_t i = 0; i < legend.swatches.size(); ++i) {
      if (legend.swatches[i].label.empty()) continue;
      const int left = x + int(i / legend.rows) * step, top = y + int(i % legend.rows) * step;
      sheet_.swatches.push_back({{left, top, side, side}, legend.swatches[i].colour});
    }
    y += int(legend.rows) * step;
    add_line(Style::note, legend.swatches[legend.rows - 1].label, x, y);
    return y + line_height;
  }

  int place_bar(std::size_t panel, int x, int y) {
    const SheetLegend& legend = panels_[panel].legend;
    const int width = std::min(cell_width_, scaled(sheet_style::bar_width));
    sheet_.bars.push_back({{x, y, width, scaled(sheet_style::bar_height)}, panel});
    y += scaled(sheet_style::bar_height) + scaled(sheet_style::small_gap) / 2;
    const float both = text_width(Style::note, legend.low) + text_width(Style::note, legend.high);
    if (both + static_cast<float>(scaled(sheet_style::small_gap)) > static_cast<float>(width)) {
      return add_text(Style::note, legend.low + " to " + legend.high, x, y, width);
    }
    add_line(Style::note, legend.low, x, y);
    add_line(Style::note, legend.high, x + width - static_cast<int>(std::ceil(text_width(Style::note, legend.high))),
             y);
    return y + scaled(sheet_style::of(Style::note).line_height);
  }

  /// In lines, each a row of swatches with their labels.
  int place_swatches(const SheetLegend& legend, int x, int y) {
    const int line_height = scaled(sheet_style::of(Style::note).line_height);
    const int label_offset = scaled(sheet_style::swatch + sheet_style::small_gap / 2);
    int at = x, bottom = y;
    for (const SheetLegend::Swatch& swatch : legend.swatches) {
      const auto label_width = static_cast<int>(std::ceil(text_width(Style::note, swatch.label)));
      if (at > x && at + label_offset + label_width > x + cell_width_) {
        at = x;
        y = bottom;
      }
      const int inset = (line_height - scaled(sheet_style::swatch)) / 2;
      sheet_.swatches.push_back(
          {{at, y + inset, scaled(sheet_style::swatch), scaled(sheet_style::swatch)}, swatch.colour});
      bottom = std::max(bottom, add_text(Style::note, swatch.label, at + label_offset, y, cell_width_ - label_offset));
      at += label_offset + label_width + scaled(sheet_style::gap);
    }
    return bottom;
  }

  void place_rule() {
    y_ += scaled(sheet_style::gap);
    sheet_.rules.push_back({left(), y_, content_width_, scaled(sheet_style::rule)});
    y_ += scaled(sheet_style::gap - sheet_style::rule);
  }

  void place_groups() {
    const std::vector<SummaryGroup> groups = groups_of(results_);
    const auto columns = static_cast<std::size_t>(text_columns_);
    for (std::size_t first = 0; first < groups.size(); first += columns) {
      if (first > 0) y_ += scaled(sheet_style::group_gap);
      int bottom = y_;
      for (std::size_t i = first; i < std::min(groups.size(), first + columns); ++i) {
        const int x = column_left(static_cast<int>(i - first));
        const int top = add_text(Style::heading, groups[i].title, x, y_, column_width(text_columns_));
        bottom = std::max(bottom, place_fields(groups[i].fields, names_width(groups[i].fields), x, top));
      }
      y_ = bottom;
    }
  }

  void place_parameters(const char* title, const ResultRecord& record) {
    if (record.parameters.empty()) return;
    y_ += scaled(sheet_style::group_gap);
    y_ = add_text(Style::heading, title, left(), y_, content_width_);
    std::vector<SummaryField> fields;
    for (const auto& [key, text] : record.parameters) fields.push_back({key, text});
    const int names = names_width(fields);
    const std::size_t rows = (fields.size() + std::size_t(text_columns_) - 1) / std::size_t(text_columns_);
    int bottom = y_;
    for (std::size_t first = 0; first < fields.size(); first += rows) {
      const auto begin = fields.begin() + std::ptrdiff_t(first);
      const std::vector<SummaryField> column(begin, begin + std::ptrdiff_t(std::min(rows, fields.size() - first)));
      bottom = std::max(bottom, place_fields(column, names, column_left(static_cast<int>(first / rows)), y_));
    }
    y_ = bottom;
  }

  /// Of the column of names: the widest, but at most two thirds of the table.
  int names_width(const std::vector<SummaryField>& fields) const {
    float widest = 0;
    for (const SummaryField& field : fields) widest = std::max(widest, text_width(Style::name, field.name));
    return std::min(static_cast<int>(std::ceil(widest)), column_width(text_columns_) * 2 / 3);
  }

  int place_fields(const std::vector<SummaryField>& fields, int names, int x, int y) {
    const int offset = names + scaled(sheet_style::gap);
    for (const SummaryField& field : fields) {
      const int names_bottom = add_text(Style::name, field.name, x, y, names);
      const int values_bottom =
          add_text(Style::value, field.value, x + offset, y, column_width(text_columns_) - offset);
      y = std::max(names_bottom, values_bottom);
    }
    return y;
  }

  void place_footnote() {
    y_ += scaled(sheet_style::gap);
    const metrics::Measure measure = results_.a.figures.measure;
    std::string text = fmt::format("texelscope {}.  {}", version, metrics::definition(measure));
    if (results_.b && results_.b->figures.measure != measure)
      text += fmt::format("  B: {}", metrics::definition(results_.b->figures.measure));
    y_ = add_text(Style::note, text, left(), y_, content_width_);
  }

  const std::vector<SheetPanel>& panels_;
  const SheetResults& results_;
  SheetLayout sheet_;
  int panel_columns_ = 1, text_columns_ = 1;
  int cell_width_ = 0, content_width_ = 0;
  int y_ = 0;
};

}  // namespace

int text_size(SheetText::Style style, int scale) { return sheet_style::of(style).size * scale; }

SheetLayout layout_sheet(const std::vector<SheetPanel>& panels, const SheetResults& results) {
  assert(!panels.empty());
  return Layout(panels, results).make();
}

}  // namespace txs::artifact
