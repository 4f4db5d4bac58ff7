#include "artifact/ktx2_descriptor.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "artifact/container_parts.h"

/// Data format descriptors after the Khronos Data Format Specification 1.3 (KDF), "Khronos Basic Data Format Descriptor
/// Block" and "Compressed Texture Image Format Descriptors".
namespace txs::artifact {
namespace {
using codec::TextureFormat;

struct Descriptor {
  std::uint32_t total_size;
  std::uint32_t vendor_and_type;
  std::uint16_t version, block_size;
  std::uint8_t colour_model, colour_primaries, transfer_function, flags;
  std::array<std::uint8_t, 4> texel_block_dimensions;  ///< less one
  std::array<std::uint8_t, 8> plane_bytes;
};

struct Sample {
  std::uint16_t bit_offset;
  std::uint8_t bit_length;  ///< less one
  std::uint8_t channel;     ///< below, what it holds; above, the qualifiers
  std::array<std::uint8_t, 4> position;
  std::uint32_t lower, upper;  ///< the codes of the ends of the nominal range
};

static_assert(sizeof(Descriptor) == 28 && sizeof(Sample) == 16);

constexpr std::uint16_t descriptor_version_1_3 = 2;
constexpr std::uint8_t primaries_bt709 = 1;
constexpr std::uint8_t transfer_linear = 1, transfer_srgb = 2;
constexpr std::uint8_t flag_premultiplied = 1;
constexpr std::uint8_t channel_alpha = 15, channel_colour = 0, channel_red = 0, channel_green = 1;
constexpr std::uint8_t channel_bc1_with_alpha = 1;
constexpr std::uint8_t qualifier_linear = 0x10, qualifier_signed = 0x40, qualifier_float = 0x80;

constexpr std::uint8_t model_bc1 = 128, model_bc3 = 130, model_bc4 = 131, model_bc5 = 132, model_bc6h = 133,
                       model_bc7 = 134, model_astc = 162;

struct VkCode {
  TextureFormat format;
  std::uint32_t vk_format;
  std::uint8_t model;
};
/// VkFormat; of BC1 the codes with alpha. Those without come two before.
constexpr std::array<VkCode, codec::texture_format_count> vk_codes{{
    {TextureFormat::bc1_unorm, 133, model_bc1},
    {TextureFormat::bc1_srgb, 134, model_bc1},
    {TextureFormat::bc3_unorm, 137, model_bc3},
    {TextureFormat::bc3_srgb, 138, model_bc3},
    {TextureFormat::bc4_unorm, 139, model_bc4},
    {TextureFormat::bc4_snorm, 140, model_bc4},
    {TextureFormat::bc5_unorm, 141, model_bc5},
    {TextureFormat::bc5_snorm, 142, model_bc5},
    {TextureFormat::bc6h_ufloat, 143, model_bc6h},
    {TextureFormat::bc6h_sfloat, 144, model_bc6h},
    {TextureFormat::bc7_unorm, 145, model_bc7},
    {TextureFormat::bc7_srgb, 146, model_bc7},
    {TextureFormat::astc_4x4_unorm, 157, model_astc},
    {TextureFormat::astc_4x4_srgb, 158, model_astc},
    {TextureFormat::astc_5x4_unorm, 159, model_astc},
    {TextureFormat::astc_5x4_srgb, 160, model_astc},
    {TextureFormat::astc_5x5_unorm, 161, model_astc},
    {TextureFormat::astc_5x5_srgb, 162, model_astc},
    {TextureFormat::astc_6x5_unorm, 163, model_astc},
    {TextureFormat::astc_6x5_srgb, 164, model_astc},
    {TextureFormat::astc_6x6_unorm, 165, model_astc},
    {TextureFormat::astc_6x6_srgb, 166, model_astc},
    {TextureFormat::astc_8x5_unorm, 167, model_astc},
    {TextureFormat::astc_8x5_srgb, 168, model_astc},
    {TextureFormat::astc_8x6_unorm, 169, model_astc},
    {TextureFormat::astc_8x6_srgb, 170, model_astc},
    {TextureFormat::astc_8x8_unorm, 171, model_astc},
    {TextureFormat::astc_8x8_srgb, 172, model_astc},
    {TextureFormat::astc_10x5_unorm, 173, model_astc},
    {TextureFormat::astc_10x5_srgb, 174, model_astc},
    {TextureFormat::astc_10x6_unorm, 175, model_astc},
    {TextureFormat::astc_10x6_srgb, 176, model_astc},
    {TextureFormat::astc_10x8_unorm, 177, model_astc},
    {TextureFormat::astc_10x8_srgb, 178, model_astc},
    {TextureFormat::astc_10x10_unorm, 179, model_astc},
    {TextureFormat::astc_10x10_srgb, 180, model_astc},
    {TextureFormat::astc_12x10_unorm, 181, model_astc},
    {TextureFormat::astc_12x10_srgb, 182, model_astc},
    {TextureFormat::astc_12x12_unorm, 183, model_astc},
    {TextureFormat::astc_12x12_srgb, 184, model_astc},
    {TextureFormat::astc_4x4_sfloat, 1000066000, model_astc},
    {TextureFormat::astc_5x4_sfloat, 1000066001, model_astc},
    {TextureFormat::astc_5x5_sfloat, 1000066002, model_astc},
    {TextureFormat::astc_6x5_sfloat, 1000066003, model_astc},
    {TextureFormat::astc_6x6_sfloat, 1000066004, model_astc},
    {TextureFormat::astc_8x5_sfloat, 1000066005, model_astc},
    {TextureFormat::astc_8x6_sfloat, 1000066006, model_astc},
    {TextureFormat::astc_8x8_sfloat, 1000066007, model_astc},
    {TextureFormat::astc_10x5_sfloat, 1000066008, model_astc},
    {TextureFormat::astc_10x6_sfloat, 1000066009, model_astc},
    {TextureFormat::astc_10x8_sfloat, 1000066010, model_astc},
    {TextureFormat::astc_10x10_sfloat, 1000066011, model_astc},
    {TextureFormat::astc_12x10_sfloat, 1000066012, model_astc},
    {TextureFormat::astc_12x12_sfloat, 1000066013, model_astc},
}};
constexpr std::uint32_t bc1_rgb_unorm = 131, bc1_rgb_srgb = 132, bc1_rgb_to_rgba = 2, bc2_unorm = 135, bc2_srgb = 136;

const VkCode& code_of(TextureFormat format) { return *std::ranges::find(vk_codes, format, &VkCode::format); }

/// The nominal range is [0, 1] or [-1, 1]. Integers beyond 32 bits give the highest 32; floats are given as binary32.
void set_range(Sample& sample, const codec::FormatTraits& traits) {
  constexpr std::uint32_t one = 0x3F800000, minus_one = 0xBF800000;
  if (traits.hdr) {
    sample.lower = traits.is_signed ? minus_one : 0;
    sample.upper = one;
  } else {
    sample.upper = traits.is_signed ? 0x7FFFFFFF : UINT32_MAX;
    sample.lower = traits.is_signed ? 0u - sample.upper : 0;
  }
}

Sample sample_of(std::uint8_t channel, std::uint16_t bit_offset, std::uint8_t bits, const codec::FormatTraits& traits) {
  Sample sample{};
  sample.bit_offset = bit_offset;
  sample.bit_length = static_cast<std::uint8_t>(bits - 1);
  sample.channel = channel;
  if (traits.is_signed) sample.channel |= qualifier_signed;
  if (traits.hdr) sample.channel |= qualifier_float;
  // KTX2, "DFD": the alpha of a format that is not linear must say that it is.
  if (traits.srgb && channel == channel_alpha) sample.channel |= qualifier_linear;
  set_range(sample, traits);
  return sample;
}

std::vector<Sample> samples_of(const codec::EncodedTexture& texture) {
  const codec::FormatTraits& traits = codec::traits(texture.format);
  switch (code_of(texture.format).model) {
    case model_bc1: return {sample_of(texture.opaque ? channel_colour : channel_bc1_with_alpha, 0, 64, traits)};
    case model_bc3: return {sample_of(channel_alpha, 0, 64, traits), sample_of(channel_colour, 64, 64, traits)};
    case model_bc4: return {sample_of(channel_red, 0, 64, traits)};
    case model_bc5: return {sample_of(channel_red, 0, 64, traits), sample_of(channel_green, 64, 64, traits)};
    default: return {sample_of(channel_colour, 0, 128, traits)};
  }
}

bool is_bc1(TextureFormat format) { return format == TextureFormat::bc1_unorm || format == TextureFormat::bc1_srgb; }

}  // namespace

std::uint32_t vk_format_of(const codec::EncodedTexture& texture) {
  const std::uint32_t code = code_of(texture.format).vk_format;
  return is_bc1(texture.format) && texture.opaque ? code - bc1_rgb_to_rgba : code;
}

VkMeaning meaning_of_vk_format(std::uint32_t vk_format, std::string_view name) {
  const bool without_alpha = vk_format == bc1_rgb_unorm || vk_format == bc1_rgb_srgb;
  const auto* const found =
      std::ranges::find(vk_codes, without_alpha ? vk_format + bc1_rgb_to_rgba : vk_format, &VkCode::vk_format);
  if (found != vk_codes.end()) return {found->format, without_alpha || codec::traits(found->format).channels < 4};
  const bool is_bc2 = vk_format == bc2_unorm || vk_format == bc2_srgb;
  refuse(name, fmt::format("VkFormat {}{} is not read; BC1, BC3 to BC7 and ASTC's 2D sizes are", vk_format,
                           is_bc2 ? " (BC2)" : ""));
}

std::vector<std::byte> descriptor_of(const codec::EncodedTexture& texture) {
  const codec::FormatTraits& traits = codec::traits(texture.format);
  const std::vector<Sample> samples = samples_of(texture);
  Descriptor descriptor{};
  descriptor.total_size = static_cast<std::uint32_t>(sizeof(Descriptor) + samples.size() * sizeof(Sample));
  descriptor.version = descriptor_version_1_3;
  descriptor.block_size = static_cast<std::uint16_t>(descriptor.total_size - sizeof(descriptor.total_size));
  descriptor.colour_model = code_of(texture.format).model;
  descriptor.colour_primaries = primaries_bt709;
  descriptor.transfer_function = traits.srgb ? transfer_srgb : transfer_linear;
  descriptor.flags = texture.premultiplied ? flag_premultiplied : std::uint8_t(0);
  descriptor.texel_block_dimensions = {static_cast<std::uint8_t>(traits.block_width - 1),
                                       static_cast<std::uint8_t>(traits.block_height - 1), 0, 0};
  descriptor.plane_bytes[0] = static_cast<std::uint8_t>(traits.block_bytes);

  std::vector<std::byte> bytes;
  append(bytes, descriptor);
  for (const Sample& sample : samples) append(bytes, sample);
  return bytes;
}

bool read_premultiplied(std::span<const std::byte> bytes, TextureFormat format, std::string_view name) {
  constexpr std::string_view what = "data format descriptor";
  constexpr std::size_t least = sizeof(Descriptor) + sizeof(Sample);
  if (bytes.size() < least)
    refuse(name, fmt::format("is no sound KTX2 file: a {} of {} bytes; at least {} are needed", what, bytes.size(), least));
  const auto descriptor = read_as<Descriptor>(bytes);
  // Formats of fewer than four channels have no sRGB twin, and may hold values of either kind.
  const bool srgb_matters = codec::traits(format).channels == 4;
  const bool is_srgb = descriptor.transfer_function == transfer_srgb;
  if (descriptor.vendor_and_type != 0 || descriptor.colour_model != code_of(format).model ||
      (srgb_matters && is_srgb != codec::traits(format).srgb)) {
    refuse(name, fmt::format("is no sound KTX2 file: its {} (colour model {}, transfer function {}) contradicts {}", what,
                             descriptor.colour_model, descriptor.transfer_function, codec::traits(format).name));
  }
  return (descriptor.flags & flag_premultiplied) != 0;
}

}  // namespace txs::artifact
