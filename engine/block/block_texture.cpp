#include "block/block_texture.h"

#include <algorithm>
#include <utility>

namespace txs::block {
namespace {

constexpr std::size_t most_written = 65536;  // by one command

gpu::Groups groups_over(std::uint32_t wide, std::uint32_t high) {
  return {gpu::divide_up(wide, interop::block_decode_group_side), gpu::divide_up(high, interop::block_decode_group_side)};
}

std::string named(const Format& format, const char* what) { return std::string(format.name) + " " + what; }

}  // namespace

codec::View map_of_blocks(std::string id, std::string title, std::string help) {
  codec::View view;
  view.id = std::move(id);
  view.title = std::move(title);
  view.help = std::move(help);
  return view;
}

codec::View map_of_blocks(std::string id, std::string title, std::string help, std::vector<std::string> categories) {
  codec::View view = map_of_blocks(std::move(id), std::move(title), std::move(help));
  view.kind = codec::View::Kind::categorical;
  view.maximum = double(categories.size()) - 1;
  view.categories = std::move(categories);
  return view;
}

Grid::Grid(std::uint32_t width_in, std::uint32_t height_in, const codec::FormatTraits& traits)
    : width(width_in),
      height(height_in),
      wide(gpu::divide_up(width_in, traits.block_width)),
      high(gpu::divide_up(height_in, traits.block_height)),
      block_width(traits.block_width),
      block_height(traits.block_height) {}

// --- maps

BlockMaps::BlockMaps(gpu::Device& device, const Grid& grid, std::string_view shader,
                     std::vector<std::uint32_t> constants, std::vector<codec::View> views)
    : views_(std::move(views)) {
  if (views_.empty()) return;
  textures_.reserve(views_.size());  // the views hold on to them
  std::vector<gpu::Bound> like;
  for (codec::View& view : views_) {
    textures_.emplace_back(device, gpu::Format::r32f, grid.wide, grid.high, "map of " + view.id);
    view.texture = &textures_.back();
    view.texels_wide = grid.block_width;
    view.texels_high = grid.block_height;
    like.emplace_back(view.texture);
  }
  kernel_.emplace(device,
                  gpu::KernelSource{std::string(shader), sizeof(interop::BlockDecodePush),
                                    std::vector(views_.size(), gpu::Binding::storage), std::move(constants), {}},
                  like);
}

void BlockMaps::draw(gpu::Recorder& recorder, const interop::BlockDecodePush& push) {
  draw(recorder, push, {push.grid.x, push.grid.y});
}

void BlockMaps::draw(gpu::Recorder& recorder, const interop::BlockDecodePush& push, gpu::Groups texels) {
  if (!kernel_) return;
  std::vector<gpu::Bound> bound;
  for (const gpu::Texture& texture : textures_) bound.emplace_back(&texture);
  recorder.dispatch(*kernel_, push, bound, groups_over(texels.x, texels.y));
}

// --- the texture

BlockTexture::BlockTexture(gpu::Device& device, const codec::Source& source, const Format& format)
    : format_(format),
      source_texture_(codec::traits(format.format).hdr ? source.light_texture : source.texture),
      grid_(source_texture_->width(), source_texture_->height(), codec::traits(format.format)),
      blocks_(device, std::uint64_t(grid_.blocks()) * format.block_bytes(), named(format, "blocks")),
      tables_(device, format.tables.size(), named(format, "tables")),
      decode_(device,
              {std::string(format.decode_shader), sizeof(interop::BlockDecodePush), {gpu::Binding::storage},
               format.constants, {}},
              {source_texture_.get()}),
      maps_(device, grid_, format.view_shader, format.constants, format.views) {}

// By the recording, not by an upload: that would wait for the GPU.
std::uint64_t BlockTexture::tables(gpu::Recorder& recorder) {
  if (!std::exchange(has_tables_, true)) {
    for (std::size_t at = 0; at < format_.tables.size(); at += most_written)
      recorder.write(tables_, at, format_.tables.subspan(at, std::min(most_written, format_.tables.size() - at)));
  }
  return tables_.address();
}

interop::BlockDecodePush BlockTexture::decode_push(gpu::Recorder& recorder) {
  return {.blocks = blocks_.address(),
          .records = 0,
          .tables = tables(recorder),
          .size = {grid_.width, grid_.height},
          .grid = {grid_.wide, grid_.high}};
}

void BlockTexture::decode(gpu::Recorder& recorder, const gpu::Texture& target) {
  const interop::BlockDecodePush push = decode_push(recorder);
  recorder.dispatch(decode_, push, {&target}, groups_over(grid_.wide, grid_.high));
  maps_.draw(recorder, push);
}

codec::Pending<codec::Encoded> BlockTexture::artifact(gpu::Recorder& recorder, bool opaque,
                                                      codec::Provenance provenance) const {
  codec::EncodedTexture texture;
  texture.format = format_.format;
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

}  // namespace txs::block
