#include "codecs/bc7/decode_pass.h"

#include <span>
#include <stdexcept>

#include "codecs/bc7/decode_tables.h"

namespace txs::bc7 {

using interop::Bc7DecodePush;

Bc7DecodePass::Bc7DecodePass(gpu::Device& device, std::initializer_list<gpu::Bound> like)
    : kernel_(device,
              {.shader = "codecs/bc7/decode.comp",
               .push_bytes = sizeof(Bc7DecodePush),
               .bindings = {gpu::Binding::storage}},
              like),
      tables_(device, sizeof(decode_tables), "BC7 decode tables") {}

void Bc7DecodePass::record(gpu::Recorder& recorder, const gpu::Buffer& blocks, std::uint32_t width,
                           std::uint32_t height, const gpu::Texture& target) const {
  const std::uint32_t blocks_wide = gpu::divide_up(width, interop::bc7_block_side);
  const std::uint32_t blocks_high = gpu::divide_up(height, interop::bc7_block_side);
  if (blocks.size() < std::uint64_t(blocks_wide) * blocks_high * interop::bc7_block_bytes || target.width() < width ||
      target.height() < height) {
    throw std::logic_error("BC7 decode: blocks or target smaller than the image");
  }

  // Written with each decode, not once by an upload: that would wait for the GPU, and these are less than 2 KiB.
  recorder.write(tables_, 0, std::as_bytes(std::span(&decode_tables, 1)));
  const Bc7DecodePush push{.blocks = blocks.address(),
                           .tables = tables_.address(),
                           .size = {width, height},
                           .blocks_wide = blocks_wide};
  recorder.dispatch(kernel_, push, {&target},
                    {gpu::divide_up(blocks_wide, interop::bc7_decode_group_side),
                     gpu::divide_up(blocks_high, interop::bc7_decode_group_side)});
}

}  // namespace txs::bc7
