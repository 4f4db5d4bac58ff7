#pragma once
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "codec/codec.h"
#include "core/worker.h"
#include "gpu/device.h"
#include "image/mips.h"
#include "session/pacer.h"

namespace txs::session {

/// What the levels below a picture are made of.
struct MipRequest {
  codec::Source source;
  const codec::CodecKind* kind = nullptr;
  codec::Parameters parameters;
  std::uint64_t seed = 0;
  MipFilter filter = MipFilter::box;
  std::uint64_t steps = UINT64_MAX;  ///< that level 0 has had; the others have no more of them
};

/// Levels 1, 2, ... of a mip chain for a file that is being saved: the worker makes their pictures, then each is encoded
/// like level 0, one after another, some work a frame.
class MipExport {
 public:
  MipExport(gpu::Device& device, Worker& worker, MipRequest request);

  /// Records and submits what fits so many milliseconds of GPU time; at most one submission is under way. Never waits.
  /// Nothing to wait for where nothing was submitted. Throws Error when a level cannot be encoded.
  std::optional<gpu::Ticket> update(double milliseconds, codec::Budget::Pace pace);
  bool finished() const { return pictures_ && level_ == pictures_->size(); }

  /// The blocks of each level; once it has finished. Throws Error if one is not of the format of level 0.
  std::vector<std::vector<std::byte>> take_levels(codec::TextureFormat format);

 private:
  /// What the worker leaves here; it may come after this object has gone.
  struct Made {
    std::mutex mutex;
    bool done = false;
    std::vector<codec::Source> pictures;
    bool negative = false;  ///< level 0 has light below 0
    std::exception_ptr failure;
  };

  bool take_pictures();
  bool take_submission();  ///< whether none is under way
  void take_level();
  gpu::Ticket submit(gpu::Recorder&& recorder);

  gpu::Device& device_;
  MipRequest request_;
  std::shared_ptr<Made> made_ = std::make_shared<Made>();
  std::optional<std::vector<codec::Source>> pictures_;

  std::size_t level_ = 0;  ///< index of pictures_ that is encoded
  std::unique_ptr<codec::Encode> encode_;
  Pacer pacer_;
  std::uint64_t work_ = 0;  ///< of the submission under way
  gpu::PendingTimes times_;
  codec::Pending<codec::Encoded> encoded_;
  std::vector<codec::EncodedTexture> levels_;
};

}  // namespace txs::session
