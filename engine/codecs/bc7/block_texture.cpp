#include "codecs/bc7/block_texture.h"

#include <utility>

#include "codecs/bc7/bc7_block.h"
#include "shaders/interop/bc7_search.h"

namespace txs::bc7 {
namespace {

std::uint32_t blocks_along(std::uint32_t texels) { return gpu::divide_up(texels, std::uint32_t(block_side)); }

}  // namespace

Grid::Grid(std::uint32_t width_in, std::uint32_t height_in)
    : width(width_in), height(height_in), wide(blocks_along(width_in)), high(blocks_along(height_in)) {}

BlockTexture::BlockTexture(gpu::Device& device, const codec::Source& source)
    : format_(source.colour_space == ColourSpace::srgb ? codec::TextureFormat::bc7_srgb
                                                       : codec::TextureFormat::bc7_unorm),
      grid_(source.texture->width(), source.texture->height()),
      blocks_(device, std::uint64_t(grid_.blocks()) * block_bytes, "BC7 blocks"),
      modes_(device, gpu::Format::r32f, grid_.wide, grid_.high, "BC7 modes"),
      decode_(device, {source.texture.get()}),
      mode_kernel_(device, {"codecs/bc7/mode_view.comp", sizeof(interop::Bc7ViewPush), {gpu::Binding::storage}, {}, {}},
                   {&modes_}) {}

void BlockTexture::decode(gpu::Recorder& recorder, const gpu::Texture& target) {
  decode_.record(recorder, blocks_, grid_.width, grid_.height, target);
  const interop::Bc7ViewPush push{blocks_.address(), 0, 0, {grid_.wide, grid_.high}};
  recorder.dispatch(mode_kernel_, push, {&modes_},
                    {gpu::divide_up(grid_.wide, interop::bc7_view_group_side),
                     gpu::divide_up(grid_.high, interop::bc7_view_group_side)});
}

codec::View BlockTexture::mode_view() const {
  codec::View view;
  view.id = "mode";
  view.title = "Mode";
  view.help = "The BC7 mode of each block: how many lines of colours it holds and with how many bits.";
  view.kind = codec::View::Kind::categorical;
  view.texture = &modes_;
  view.maximum = interop::bc7_mode_count;
  for (std::uint32_t mode = 0; mode < interop::bc7_mode_count; ++mode)
    view.categories.push_back("mode " + std::to_string(mode));
  view.categories.push_back("reserved");
  view.texels_wide = view.texels_high = std::uint32_t(block_side);
  return view;
}

codec::Pending<codec::Encoded> BlockTexture::artifact(gpu::Recorder& recorder, bool opaque,
                                                     codec::Provenance provenance) const {
  codec::EncodedTexture texture;
  texture.format = format_;
  texture.width = grid_.width;
  texture.height = grid_.height;
  texture.opaque = opaque;
  texture.provenance = std::move(provenance);
  return {recorder.read(blocks_, 0, blocks_.size()), [texture = std::move(texture)](std::span<const std::byte> bytes) {
            codec::EncodedTexture whole = texture;
            whole.blocks.assign(bytes.begin(), bytes.end());
            return codec::Encoded(std::move(whole));
          }};
}

}  // namespace txs::bc7
