#include "artifact/dds_codes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "artifact/container_parts.h"
#include "core/error.h"

namespace txs::artifact {
namespace {
using codec::TextureFormat;

struct DxgiCode {
  TextureFormat format;
  std::uint32_t dxgi_format, typeless;
};
/// DXGI_FORMAT. Typeless ones of BC4, BC5 and BC6H are left out: they leave open whether values are signed.
constexpr std::array<DxgiCode, 12> dxgi_codes{{
    {TextureFormat::bc1_unorm, 71, 70},
    {TextureFormat::bc1_srgb, 72, 0},
    {TextureFormat::bc3_unorm, 77, 76},
    {TextureFormat::bc3_srgb, 78, 0},
    {TextureFormat::bc4_unorm, 80, 0},
    {TextureFormat::bc4_snorm, 81, 0},
    {TextureFormat::bc5_unorm, 83, 0},
    {TextureFormat::bc5_snorm, 84, 0},
    {TextureFormat::bc6h_ufloat, 95, 0},
    {TextureFormat::bc6h_sfloat, 96, 0},
    {TextureFormat::bc7_unorm, 98, 97},
    {TextureFormat::bc7_srgb, 99, 0},
}};

struct FourCc {
  std::uint32_t code;
  OldFormat meaning;
};
constexpr std::array four_ccs{
    FourCc{four_cc("DXT1"), {TextureFormat::bc1_unorm, false}}, FourCc{four_cc("DXT4"), {TextureFormat::bc3_unorm, true}},
    FourCc{four_cc("DXT5"), {TextureFormat::bc3_unorm, false}}, FourCc{four_cc("ATI1"), {TextureFormat::bc4_unorm, false}},
    FourCc{four_cc("BC4U"), {TextureFormat::bc4_unorm, false}}, FourCc{four_cc("BC4S"), {TextureFormat::bc4_snorm, false}},
    FourCc{four_cc("ATI2"), {TextureFormat::bc5_unorm, false}}, FourCc{four_cc("BC5U"), {TextureFormat::bc5_unorm, false}},
    FourCc{four_cc("BC5S"), {TextureFormat::bc5_snorm, false}},
};

constexpr bool is_bc2(std::uint32_t dxgi_format) { return dxgi_format >= 73 && dxgi_format <= 75; }
constexpr bool is_typeless_of_open_sign(std::uint32_t dxgi_format) {
  return dxgi_format == 79 || dxgi_format == 82 || dxgi_format == 94;
}

std::string printable(std::uint32_t code) {
  std::string text;
  for (int i = 0; i < 4; ++i) {
    const auto letter = static_cast<char>(code >> (8 * i) & 0xff);
    text += letter > ' ' && letter < 127 ? letter : '.';
  }
  return text;
}

}  // namespace

std::uint32_t dxgi_format_of(TextureFormat format) {
  const auto* const found = std::ranges::find(dxgi_codes, format, &DxgiCode::format);
  if (found == dxgi_codes.end())
    throw Error(Fault::usage, fmt::format("DDS holds no {}; write .ktx2 or .astc", codec::traits(format).name));
  return found->dxgi_format;
}

TextureFormat format_of_dxgi(std::uint32_t dxgi_format, std::string_view name) {
  for (const DxgiCode& code : dxgi_codes)
    if (dxgi_format != 0 && (dxgi_format == code.dxgi_format || dxgi_format == code.typeless)) return code.format;
  const std::string_view why = is_bc2(dxgi_format)                     ? " (BC2)"
                               : is_typeless_of_open_sign(dxgi_format) ? " (typeless: signed or not is left open)"
                                                                       : "";
  refuse(name, fmt::format("DXGI format {}{} is not read; {}", dxgi_format, why, readable_in_dds));
}

OldFormat format_of_four_cc(std::uint32_t code, std::string_view name) {
  const auto* const found = std::ranges::find(four_ccs, code, &FourCc::code);
  if (found != four_ccs.end()) return found->meaning;
  const std::string_view why = code == four_cc("DXT2") || code == four_cc("DXT3") ? " (BC2)" : "";
  refuse(name, fmt::format("is a DDS file of format '{}'{}, which is not read; {}", printable(code), why, readable_in_dds));
}

}  // namespace txs::artifact
