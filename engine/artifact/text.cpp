#include "artifact/text.h"

#include <fmt/format.h>

#define STB_TRUETYPE_IMPLEMENTATION
#define STBTT_STATIC  // ImGui's library has one of its own
#include <stb/stb_truetype.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/error.h"
#include "core/files.h"

namespace txs::artifact {
namespace {

constexpr std::uint64_t max_font_bytes = 64 << 20;
constexpr char32_t replacement = 0xFFFD;

/// Takes one code point off the front of `text` (not empty). Overlong forms and surrogates are not told apart: they
/// only pick a glyph here.
char32_t take_code_point(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead >> 5 == 0x6 ? 2 : lead >> 4 == 0xE ? 3 : lead >> 3 == 0x1E ? 4 : 0;
  if (length == 0 || length > text.size()) {
    text.remove_prefix(1);
    return replacement;
  }
  char32_t code = length == 1 ? lead : lead & (0x7F >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if (next >> 6 != 0x2) {
      text.remove_prefix(i);
      return replacement;
    }
    code = code << 6 | (next & 0x3F);
  }
  text.remove_prefix(length);
  return code;
}

void blend(std::uint8_t* texel, Rgb colour, unsigned coverage) {
  for (std::size_t c = 0; c < 3; ++c) {
    texel[c] = static_cast<std::uint8_t>((texel[c] * (255 - coverage) + colour[c] * coverage + 127) / 255);
  }
}

/// A glyph's coverage onto the picture, its top left corner at (left, top).
void blend_glyph(Rgba8Image& target, const std::vector<std::uint8_t>& coverage, int width, int left, int top,
                 Rgb colour) {
  const int height = width == 0 ? 0 : static_cast<int>(coverage.size()) / width;
  for (int y = std::max(0, -top); y < std::min(height, target.height - top); ++y) {
    for (int x = std::max(0, -left); x < std::min(width, target.width - left); ++x) {
      const std::size_t texel = std::size_t(top + y) * std::size_t(target.width) + std::size_t(left + x);
      blend(&target.texels[texel * 4], colour, coverage[std::size_t(y) * std::size_t(width) + std::size_t(x)]);
    }
  }
}

}  // namespace

struct Font::Face {
  std::vector<std::byte> file;  ///< stb_truetype keeps pointers into it
  stbtt_fontinfo info{};
  int ascent = 0, descent = 0;  ///< font units, descent below zero

  float scale(int size) const { return stbtt_ScaleForMappingEmToPixels(&info, static_cast<float>(size)); }

  /// Calls `visit(glyph, x)` for each glyph, x its origin in pixels from the text's start; gives the advance width.
  float lay_out(std::string_view text, int size, const std::function<void(int, float)>& visit) const {
    const float pixels = scale(size);
    float x = 0;
    int previous = -1;
    while (!text.empty()) {
      const int glyph = stbtt_FindGlyphIndex(&info, static_cast<int>(take_code_point(text)));
      if (previous >= 0) x += pixels * static_cast<float>(stbtt_GetGlyphKernAdvance(&info, previous, glyph));
      if (visit) visit(glyph, x);
      int advance = 0, bearing = 0;
      stbtt_GetGlyphHMetrics(&info, glyph, &advance, &bearing);
      x += pixels * static_cast<float>(advance);
      previous = glyph;
    }
    return x;
  }
};

Font::Font(const std::filesystem::path& file) : face_(std::make_unique<Face>()) {
  try {
    face_->file = read_file(file, max_font_bytes);
  } catch (const Error&) {
    throw Error(Fault::internal,
                fmt::format("{}: the font for sheets cannot be read; install fonts-roboto-unhinted", file.string()));
  }
  const auto* data = reinterpret_cast<const unsigned char*>(face_->file.data());
  const int offset = stbtt_GetFontOffsetForIndex(data, 0);
  if (offset < 0 || !stbtt_InitFont(&face_->info, data, offset)) {
    throw Error(Fault::internal, fmt::format("{}: is no TrueType font; install fonts-roboto-unhinted", file.string()));
  }
  int line_gap = 0;
  stbtt_GetFontVMetrics(&face_->info, &face_->ascent, &face_->descent, &line_gap);
}

Font::~Font() = default;

const Font& Font::regular() {
  static const Font font(TEXELSCOPE_UI_FONT);
  return font;
}

const Font& Font::medium() {
  static const Font font(TEXELSCOPE_UI_FONT_MEDIUM);
  return font;
}

float Font::width(std::string_view text, int size) const { return face_->lay_out(text, size, {}); }

int Font::baseline(int size, int line_height) const {
  const float pixels = face_->scale(size);
  const float ascent = pixels * static_cast<float>(face_->ascent);
  const float height = ascent - pixels * static_cast<float>(face_->descent);
  return static_cast<int>(std::lround((static_cast<float>(line_height) - height) / 2 + ascent));
}

void Font::draw(Rgba8Image& target, float x, int baseline, std::string_view text, int size, Rgb colour) const {
  const float pixels = face_->scale(size);
  std::vector<std::uint8_t> coverage;
  face_->lay_out(text, size, [&](int glyph, float origin) {
    const float whole = std::floor(x + origin);
    const float shift = x + origin - whole;
    int left = 0, top = 0, right = 0, bottom = 0;
    stbtt_GetGlyphBitmapBoxSubpixel(&face_->info, glyph, pixels, pixels, shift, 0, &left, &top, &right, &bottom);
    const int width = right - left, height = bottom - top;
    coverage.assign(std::size_t(width) * std::size_t(height), 0);
    if (coverage.empty()) return;  // a space
    stbtt_MakeGlyphBitmapSubpixel(&face_->info, coverage.data(), width, height, width, pixels, pixels, shift, 0, glyph);
    blend_glyph(target, coverage, width, static_cast<int>(whole) + left, baseline + top, colour);
  });
}

std::vector<std::string> Font::wrap(std::string_view text, int size, float max_width) const {
  std::vector<std::string> lines;
  std::string line;
  const auto fits = [&](const std::string& candidate) { return width(candidate, size) <= max_width; };
  const auto break_word = [&](std::string_view word) {
    while (!word.empty()) {
      std::string_view rest = word;
      take_code_point(rest);
      const std::string_view letter = word.substr(0, word.size() - rest.size());
      if (!line.empty() && !fits(line + std::string(letter))) {
        lines.push_back(std::move(line));
        line.clear();
      }
      line += letter;
      word = rest;
    }
  };
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string word(text.substr(0, space));
    text.remove_prefix(std::min(space + 1, text.size()));
    if (word.empty()) continue;
    if (!line.empty() && !fits(line + " " + word)) {
      lines.push_back(std::move(line));
      line.clear();
    }
    if (!line.empty()) line += ' ';
    if (fits(line + word)) {
      line += word;
    } else {
      break_word(word);
    }
  }
  if (!line.empty() || lines.empty()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace txs::artifact
