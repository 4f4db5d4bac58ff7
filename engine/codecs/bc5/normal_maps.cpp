#include "codecs/bc5/normal_maps.h"

#include <utility>

#include "block/block_texture.h"
#include "gpu/kernel.h"
#include "shaders/interop/block.h"

namespace txs::bc5 {
namespace {

using gpu::Binding;

class NormalMaps : public codec::Encode {
 public:
  NormalMaps(gpu::Device& device, const codec::Source& source, std::unique_ptr<codec::Encode> encode)
      : encode_(std::move(encode)),
        source_(source.texture),
        grid_(source_->width(), source_->height(), codec::traits(codec::TextureFormat::bc5_unorm)),
        normals_(device, gpu::Format::rgba8, grid_.width, grid_.height, "BC5 normals"),
        mean_angles_(device, gpu::Format::r32f, grid_.wide, grid_.high, "BC5 mean angles"),
        largest_angles_(device, gpu::Format::r32f, grid_.wide, grid_.high, "BC5 largest angles"),
        kernel_(device,
                {"codecs/bc5/normals.comp",
                 sizeof(interop::BlockDecodePush),
                 {Binding::nearest, Binding::nearest, Binding::storage, Binding::storage, Binding::storage},
                 {},
                 {}},
                {source_.get(), source_.get(), &normals_, &mean_angles_, &largest_angles_}) {}

  bool ready() const override { return kernel_.ready() && encode_->ready(); }
  codec::BlockSize block_size() const override { return encode_->block_size(); }
  codec::Progress advance(gpu::Recorder& recorder, const codec::Budget& budget) override {
    return encode_->advance(recorder, budget);
  }
  codec::Progress progress() const override { return encode_->progress(); }
  void set_live(const codec::Parameters& parameters) override { encode_->set_live(parameters); }

  void decode(gpu::Recorder& recorder, const gpu::Texture& target) override {
    encode_->decode(recorder, target);
    interop::BlockDecodePush push{};
    push.size = {grid_.width, grid_.height};
    push.grid = {grid_.wide, grid_.high};
    recorder.dispatch(kernel_, push, {&target, source_.get(), &normals_, &mean_angles_, &largest_angles_},
                      {gpu::divide_up(grid_.wide, interop::block_decode_group_side),
                       gpu::divide_up(grid_.high, interop::block_decode_group_side)});
  }

  std::vector<codec::View> views() const override {
    std::vector<codec::View> views = encode_->views();
    views.push_back(normals_view());
    views.push_back(angle_view("angle", "Mean angle", mean_angles_, 2));
    views.push_back(angle_view("angle-largest", "Largest angle", largest_angles_, 5));
    return views;
  }
  void fill_view(gpu::Recorder& recorder, std::string_view id) override { encode_->fill_view(recorder, id); }
  codec::Pending<codec::CodecFigures> figures(gpu::Recorder& recorder) override { return encode_->figures(recorder); }
  std::vector<codec::BitPart> bits() const override { return encode_->bits(); }
  codec::Pending<codec::Encoded> artifact(gpu::Recorder& recorder, Keep keep) override {
    return encode_->artifact(recorder, keep);
  }
  codec::Pending<codec::Inspection> inspect(gpu::Recorder& recorder, std::uint32_t x, std::uint32_t y) override {
    return encode_->inspect(recorder, x, y);
  }

 private:
  codec::View normals_view() const {
    codec::View view;
    view.id = "normals";
    view.title = "Normals";
    view.help = "What the texture holds as a normal map: x in red, y in green, and z = sqrt(1 - x^2 - y^2) in blue.";
    view.kind = codec::View::Kind::picture;
    view.texture = &normals_;
    return view;
  }
  static codec::View angle_view(std::string id, std::string title, const gpu::Texture& texture, double maximum) {
    codec::View view = block::map_of_blocks(std::move(id), std::move(title),
                                            "Angle between the normals of the source and those that the texture holds, "
                                            "z rebuilt in both: of the texels of each block.");
    view.texels_wide = view.texels_high = interop::block_side;
    view.unit = "degrees";
    view.texture = &texture;
    view.maximum = maximum;
    return view;
  }

  std::unique_ptr<codec::Encode> encode_;
  std::shared_ptr<const gpu::Texture> source_;
  block::Grid grid_;
  gpu::Texture normals_, mean_angles_, largest_angles_;
  gpu::Kernel kernel_;
};

}  // namespace

std::unique_ptr<codec::Encode> with_normal_maps(gpu::Device& device, const codec::Source& source,
                                                std::unique_ptr<codec::Encode> encode) {
  return std::make_unique<NormalMaps>(device, source, std::move(encode));
}

}  // namespace txs::bc5
