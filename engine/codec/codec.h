#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codec/encoded.h"
#include "codec/inspection.h"
#include "codec/parameters.h"
#include "gpu/recorder.h"
#include "gpu/resources.h"
#include "image/image.h"
#include "image/tone_map.h"

namespace txs::codec {

/// What a frame may spend. Work is counted in the codec's own units (for block searches: blocks times iterations); the
/// session learns from measured GPU times how many of them fit a frame, so codecs know nothing of seconds.
struct Budget {
  enum class Pace {
    watch,  ///< for eyes: small steps from state kept in memory, so that each can be shown
    rush,   ///< for results: the quickest way to the end; the same bits come out
  };
  std::uint64_t work = 0;
  Pace pace = Pace::watch;
  std::uint64_t stop_at_step = UINT64_MAX;  ///< no block is taken beyond this step
};

struct Progress {
  std::uint64_t step = 0;         ///< iterations that every block (or the whole model) has had
  std::uint64_t planned_steps = 0;
  double fraction = 0;            ///< of all planned work, [0, 1]
  bool whole = true;              ///< every texel has been encoded once; figures of less are no figures
  bool done = false;
  std::uint64_t work = 0;         ///< units recorded by this advance
  /// What is in work, of static life: "ranking divisions"; empty: the steps say it all. Where that is several stages, the
  /// first is part 1 of `parts`.
  std::string_view doing = {};
  std::uint32_t part = 0, parts = 0;
};

/// One line of the size table. The parts of an encode sum to the bytes of its artifact.
struct BitPart {
  std::string name;
  std::uint64_t bits = 0;
};

/// A texture shown beside the reconstruction, one texel a block, a pixel or an entry of a grid.
struct View {
  enum class Kind {
    categorical,
    scalar,
    picture,   ///< colours, shown as they are (rgba8)
    features,  ///< planes of a grid of feature vectors, one below the other: texture height = channels * rows
  };
  std::string id, title;
  std::string help;
  std::string unit;
  Kind kind = Kind::scalar;
  const gpu::Texture* texture = nullptr;  ///< r32f, negative: no value there; rgba8 of pictures
  double minimum = 0, maximum = 1;        ///< of the colour scale
  std::uint32_t channels = 1;             ///< planes, of features
  const gpu::Texture* ranges = nullptr;   ///< of features: r32f, 2 x channels: least and largest value of each plane
  std::vector<std::string> categories;    ///< name of value i; at most `most_categories`
  /// Of categories that have an order, which their colours then follow. 1: from the least to the most. More: category i is
  /// the pair of numbers (i / rows, i % rows), and pairs that cannot be have no name. 0: the names have no order.
  std::uint32_t rows = 0;
  /// Of categories that are partitions: of each the subset (0 .. 3) of 4 x 4 texels, row-major, two bits each from the
  /// least significant on. Legends draw them in place of swatches. Empty: they are none.
  std::vector<std::uint32_t> patterns;
  static constexpr std::size_t most_categories = 256;
  std::uint32_t texels_wide = 1, texels_high = 1;  ///< image texels that one view texel covers
  /// Features only: grid corners lie on the centres of the image's corner texels, so that grid texel (u, v) is at
  /// image texel (u / (columns - 1) * (width - 1), ...) and covers the texels nearest to it.
  bool corner_aligned = false;
};

/// A value that the GPU is still computing.
template <typename T>
struct Pending {
  gpu::PendingRead read;
  std::function<T(std::span<const std::byte>)> parse;  ///< may run on any thread

  explicit operator bool() const { return static_cast<bool>(read); }
  bool ready() const { return read.ready(); }
  T get() const {
    read.wait();
    return parse(read.bytes());
  }
};

/// Whether a training is still one: numbers that are none, and the largest of the others.
struct Health {
  std::uint64_t bad_parameters = 0, bad_gradients = 0;  ///< NaN or infinite
  double largest_parameter = 0, largest_gradient = 0;   ///< absolute values
  bool bad() const { return bad_parameters + bad_gradients > 0; }
};

/// Figures that only the codec can know, read back beside the metrics.
struct CodecFigures {
  std::optional<double> psnr_relaxed_db;  ///< RGB PSNR of the continuous solution rounded to 8 bits, never the artifact's
  std::optional<double> loss;             ///< of the newest step: of a training, the mean squared error over its batch
  std::optional<double> learning_rate;    ///< of the newest step, of the decoder
  /// Of a descent: mean texels a block that lie nearer to another line than to the one that their pattern gives them.
  std::optional<double> hamming;
  std::optional<Health> health;
};

/// What an encode works on: the picture on the CPU and the same as a texture.
struct Source {
  std::shared_ptr<const Rgba8Image> picture;     ///< of an HDR picture: tone-mapped
  std::shared_ptr<const gpu::Texture> texture;   ///< rgba8
  ColourSpace colour_space = ColourSpace::srgb;
  Alpha alpha = Alpha::none;
  /// Linear light, for the kinds that are `hdr`: always there then (a picture of 8 bits is made linear), else perhaps null.
  std::shared_ptr<const Rgba16fImage> light = {};
  std::shared_ptr<const gpu::Texture> light_texture = {};  ///< rgba16f
  Exposure exposure = {};                                  ///< under which `light` is shown as `picture`
};

/// Texels that are encoded together.
struct BlockSize {
  std::uint32_t width = 1, height = 1;
  bool operator==(const BlockSize&) const = default;
};

/// A running encode: an anytime optimiser whose state lives on the GPU. Records work, never submits or waits.
class Encode {
 public:
  virtual ~Encode() = default;

  /// False while kernels are being made; nothing else may be called until then. Throws Error(device) if that failed.
  virtual bool ready() const = 0;
  /// What `inspect` addresses; 1 x 1 of networks. May be asked for before `ready`, and never changes.
  virtual BlockSize block_size() const { return {}; }
  /// Records at most about the budget's worth of work (at least one unit, unless done).
  virtual Progress advance(gpu::Recorder& recorder, const Budget& budget) = 0;
  virtual Progress progress() const = 0;
  /// Takes live parameters; the caller restarts the encode for others.
  virtual void set_live(const Parameters& parameters) = 0;

  /// The best so far into a texture of the source's size (rgba8; rgba16f of kinds that are `hdr`), decoded from the bits
  /// that `artifact` would hold.
  virtual void decode(gpu::Recorder& recorder, const gpu::Texture& target) = 0;
  /// The same in parts 0 .. `decode_parts() - 1`, of the state of part 0. Where they divide by four, each quarter leaves the
  /// target whole, if not all of that state. Between them the encode may advance, but nothing else that reads the state.
  virtual std::uint32_t decode_parts() const { return 1; }
  virtual void decode_part(gpu::Recorder& recorder, const gpu::Texture& target, std::uint32_t /*part*/) {
    decode(recorder, target);
  }
  /// Names and scales never change over an encode's life; textures are filled by `decode` or, where that would cost
  /// much, by `fill_view`, which is called for those that are looked at, each time after `decode`.
  virtual std::vector<View> views() const = 0;
  virtual void fill_view(gpu::Recorder&, std::string_view /*id*/) {}
  virtual Pending<CodecFigures> figures(gpu::Recorder& recorder) = 0;
  virtual std::vector<BitPart> bits() const = 0;
  enum class Keep { result, result_and_training };  ///< the second: what going on needs too, where there is a training
  virtual Pending<Encoded> artifact(gpu::Recorder& recorder, Keep keep = Keep::result) = 0;
  /// The inner state of a block, its search traced by the kernel that does the search, or of a texel as the network
  /// decodes it. Coordinates in blocks of `block_size`.
  virtual Pending<Inspection> inspect(gpu::Recorder& recorder, std::uint32_t block_x, std::uint32_t block_y) = 0;
};

enum class Family { block, neural };

/// A codec, as the registry knows it.
struct CodecKind {
  std::string_view id, title, help;
  Family family = Family::block;
  std::span<const Parameter> parameters;
  std::vector<Preset> presets;  ///< the first is the default
  std::vector<TextureFormat> formats;  ///< of blocks, that it makes and reads; networks have none
  bool hdr = false;  ///< encodes Source::light and decodes to linear half floats; else 8 bits a channel
  bool takes_alpha = true;
  bool cuts_alpha = false;  ///< alpha is taken as all or nothing: texels decode to 0 or 255
  /// Channels of the source that it encodes and that figures are of: 1 red, 2 red and green, 3 RGB (and A where taken).
  std::uint32_t channels = 3;
  std::string_view work_unit;   ///< "block iterations"
  std::string_view step_name;   ///< "iterations"
  /// Of trainings: floating-point operations of a step on a picture of width x height, by the convention that compares
  /// them: 6 a multiply-add of the decoder and pixel of the batch (forward, and backward twice that).
  std::function<double(const Parameters&, std::uint32_t width, std::uint32_t height)> step_flops = {};

  std::function<std::unique_ptr<Encode>(gpu::Device&, const Source&, const Parameters&, std::uint64_t seed)> start;

  /// Whether it reads what a file holds, an encode over that (done from the start, unless it holds a training that is
  /// not: that goes on), and its pixels by the CPU reference decoder. Adopting throws Error(input) for what is no model
  /// of this codec.
  std::function<bool(const Encoded&)> reads;
  std::function<std::unique_ptr<Encode>(gpu::Device&, const Source&, const Encoded&)> adopt;
  /// Parameters that are seen in a file's bits, with what stands there: {"block", "6x6"}.
  std::function<std::map<std::string, std::string>(const Encoded&)> told_by = {};
  std::function<Rgba8Image(const Encoded&)> decode_on_cpu = {};
  std::function<Rgba16fImage(const Encoded&)> decode_light_on_cpu = {};  ///< in its place where the kind is `hdr`
};

}  // namespace txs::codec
