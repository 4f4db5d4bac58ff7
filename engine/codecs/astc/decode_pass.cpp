#include "codecs/astc/decode_pass.h"

#include <span>

namespace txs::astc {

DecodePass::DecodePass(gpu::Device& device, const Footprint& footprint, bool srgb, std::uint32_t width,
                       std::uint32_t height, gpu::BoundList target)
    : width_(width),
      height_(height),
      blocks_wide_(gpu::divide_up(width, footprint.width)),
      blocks_high_(gpu::divide_up(height, footprint.height)),
      tables_(make_tables(footprint)),
      table_memory_(device, sizeof(tables_), "ASTC tables"),
      lines_(device, std::uint64_t(blocks_wide_) * blocks_high_ * sizeof(interop::AstcLines), "ASTC lines"),
      parse_(device, {"codecs/astc/parse.comp", sizeof(interop::BlockDecodePush), {}, {}, {}}),
      texels_(device,
              {"codecs/astc/texels.comp",
               sizeof(interop::BlockDecodePush),
               {gpu::Binding::storage},
               {footprint.width, footprint.height, srgb ? 1u : 0u},
               {}},
              target) {}

void DecodePass::record(gpu::Recorder& recorder, const gpu::Buffer& blocks, const gpu::Texture& target) const {
  // Written with each use, not once by an upload: that would wait for the GPU.
  recorder.write(table_memory_, 0, std::as_bytes(std::span(&tables_, 1)));
  const interop::BlockDecodePush push{.blocks = blocks.address(),
                                      .records = lines_.address(),
                                      .tables = table_memory_.address(),
                                      .size = {width_, height_},
                                      .grid = {blocks_wide_, blocks_high_}};
  recorder.dispatch(parse_, push, {}, {gpu::divide_up(blocks_wide_ * blocks_high_, interop::block_parse_group)});
  recorder.dispatch(texels_, push, {&target},
                    {gpu::divide_up(width_, interop::block_decode_group_side),
                     gpu::divide_up(height_, interop::block_decode_group_side)});
}

}  // namespace txs::astc
