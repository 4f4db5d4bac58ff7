#include "session/mip_export.h"

#include <fmt/format.h>

#include <span>
#include <utility>
#include <variant>

#include "core/error.h"

namespace txs::session {
namespace {

template <typename Picture>
std::shared_ptr<const gpu::Texture> upload(gpu::Device& device, gpu::Format format, const Picture& picture) {
  auto texture = std::make_shared<gpu::Texture>(device, format, static_cast<std::uint32_t>(picture.width),
                                                static_cast<std::uint32_t>(picture.height), "mip level");
  device.upload(*texture, std::as_bytes(std::span(picture.texels)));
  return texture;
}

/// Slow: for the worker. A level of light is made of light, not of what was tone-mapped.
std::vector<codec::Source> make_pictures(gpu::Device& device, const MipRequest& request) {
  const codec::Source& source = request.source;
  std::vector<codec::Source> levels;
  for (Rgba8Image& picture : mip_chain(*source.picture, source.colour_space, source.alpha, request.filter)) {
    codec::Source level = source;
    level.texture = upload(device, gpu::Format::rgba8, picture);
    level.picture = std::make_shared<const Rgba8Image>(std::move(picture));
    levels.push_back(std::move(level));
  }
  if (!request.kind->hdr) return levels;
  std::size_t i = 0;
  for (Rgba16fImage& light : mip_chain(*source.light, source.alpha, request.filter)) {
    codec::Source& level = levels.at(i++);
    level.light_texture = upload(device, gpu::Format::rgba16f, light);
    level.light = std::make_shared<const Rgba16fImage>(std::move(light));
  }
  return levels;
}

bool has_negative(const Rgba16fImage& light) {
  constexpr std::uint16_t minus_zero = 0x8000;  // as binary16; what is above it has the sign and is not 0
  for (std::size_t i = 0; i < light.texels.size(); i += 4)
    for (std::size_t channel = 0; channel < 3; ++channel)
      if (light.texels[i + channel] > minus_zero) return true;
  return false;
}

/// Where the codec leaves it to the picture whether values are signed, level 0 answers for all: the light below 0 that it
/// has may be gone in a smaller one.
void keep_signed(codec::Parameters& parameters) {
  for (const codec::Parameter& parameter : parameters.declared())
    if (parameter.key == "signed" && parameter.type == codec::Parameter::Type::choice &&
        parameters.choice(parameter.key) == "auto")
      parameters.set_text(parameter.key, "signed");
}

}  // namespace

MipExport::MipExport(gpu::Device& device, Worker& worker, MipRequest request)
    : device_(device), request_(std::move(request)) {
  worker.run([made = made_, &device, of = request_] {
    std::vector<codec::Source> pictures;
    bool negative = false;
    std::exception_ptr failure;
    try {
      pictures = make_pictures(device, of);
      negative = of.kind->hdr && has_negative(*of.source.light);
    } catch (...) {
      failure = std::current_exception();
    }
    const std::scoped_lock lock(made->mutex);
    made->pictures = std::move(pictures);
    made->negative = negative;
    made->failure = failure;
    made->done = true;
  });
}

bool MipExport::take_pictures() {
  if (pictures_) return true;
  const std::scoped_lock lock(made_->mutex);
  if (!made_->done) return false;
  if (made_->failure) std::rethrow_exception(made_->failure);
  if (made_->negative) keep_signed(request_.parameters);
  pictures_ = std::move(made_->pictures);
  return true;
}

bool MipExport::take_submission() {
  if (!times_) return true;
  if (!times_.ready()) return false;
  double milliseconds = 0;
  for (const gpu::PassTime& pass : times_.times()) milliseconds += pass.milliseconds;
  pacer_.observe(work_, milliseconds);
  times_ = {};
  return true;
}

void MipExport::take_level() {
  levels_.push_back(std::get<codec::EncodedTexture>(encoded_.get()));
  encoded_ = {};
  encode_.reset();
  (*pictures_)[level_] = {};
  ++level_;
}

std::vector<std::vector<std::byte>> MipExport::take_levels(codec::TextureFormat format) {
  std::vector<std::vector<std::byte>> blocks;
  for (codec::EncodedTexture& level : levels_) {
    if (level.format != format)
      throw Error(Fault::internal, fmt::format("mip level {} came out as {}, and level 0 is {}", blocks.size() + 1,
                                               codec::traits(level.format).name, codec::traits(format).name));
    blocks.push_back(std::move(level.blocks));
  }
  return blocks;
}

gpu::Ticket MipExport::submit(gpu::Recorder&& recorder) {
  recorder.end_pass();
  times_ = recorder.times();
  return device_.submit(std::move(recorder));
}

std::optional<gpu::Ticket> MipExport::update(double milliseconds, codec::Budget::Pace pace) {
  if (!take_pictures() || !take_submission()) return {};
  if (encoded_ && !encoded_.ready()) return {};
  if (encoded_) take_level();
  if (finished()) return {};
  if (!encode_) {
    encode_ = request_.kind->start(device_, (*pictures_)[level_], request_.parameters, request_.seed);
    pacer_ = {};
  }
  if (!encode_->ready()) return {};

  gpu::Recorder recorder(device_);
  recorder.begin_pass("mip level");
  const codec::Progress before = encode_->progress();
  work_ = 0;
  if (before.done || (before.whole && before.step >= request_.steps))
    encoded_ = encode_->artifact(recorder);
  else
    work_ = encode_->advance(recorder, {pacer_.work_for(milliseconds), pace, request_.steps}).work;
  return submit(std::move(recorder));
}

}  // namespace txs::session
