#pragma once
#include <cstdint>
#include <memory>
#include <optional>

#include "codec/codec.h"
#include "display/block_filter.h"
#include "display/feature_look.h"
#include "gpu/recorder.h"
#include "image/tone_map.h"

namespace txs::display {

/// What a panel shows.
enum class Content {
  picture,     ///< a
  error,       ///< largest difference of a and b in their channels, or that of the isolated one, by the inferno map
  difference,  ///< (b - a) * gain around mid grey, channel by channel
  view,        ///< a codec's view, coloured by its scale, its categories or its channels
};

enum class Channels { rgb, red, green, blue, alpha, luma };

/// One panel: image coordinates are texels from the top left corner, panel coordinates are pixels. Without the textures
/// that its content wants it is all background.
struct Panel {
  Content content = Content::picture;
  /// rgba8, or rgba16f: linear light, which is exposed and tone-mapped; its errors and differences are of the logarithm
  /// that metrics::Figures::rmsle is of. Of two that differ in that there is neither: the panel is background.
  const gpu::Texture* a = nullptr;
  const gpu::Texture* b = nullptr;  ///< of the same size; where the content wants it
  std::optional<codec::View> view;

  float origin_x = 0, origin_y = 0;  ///< image coordinate at the panel's top left
  /// Above 0. Up to 1 texels are squares; beyond, the picture is shrunk by a box filter: of all texels that a pixel
  /// covers, to 3 x 3 on a software device and 16 x 16 on a GPU; from there on, of every second, fourth, ... of them.
  float texels_per_pixel = 1;

  Channels channels = Channels::rgb;  ///< isolated channels are shown grey; alpha otherwise lies over a checkerboard
  float exposure_stops = 0;           ///< linear light times 2^stops, for pictures alone
  Exposure exposure;                  ///< of pictures that are light, before the stops
  ToneCurve tone_curve = ToneCurve::reinhard;  ///< of pictures that are light
  float error_scale = 0.1f;           ///< above 0: the error at the colour map's top; the difference's gain is 0.5 / it
  std::uint32_t compared_channels = 3;  ///< of errors and differences: 1 red, 2 red and green, 3 RGB and alpha
  bool pixel_grid = true;             ///< drawn from 8 pixels a texel on
  std::uint32_t block_width = 0, block_height = 0;  ///< 0: no block grid; drawn from two pixels a texel on
  BlockFilter filter;                 ///< of any content: an unlit block's colour is a fifth of what it was
  FeatureLook features;               ///< view of features
};

/// Renders panels with a compute kernel, for the window and, at one texel a pixel, for the comparison sheets: what a
/// sheet shows is what the window showed. Outside the image: the neutral background of the theme.
class PanelPass {
 public:
  explicit PanelPass(gpu::Device& device);
  ~PanelPass();
  bool ready() const;
  /// Writes all of `target` (rgba8), opaque. Throws std::invalid_argument if `a` and `b` differ in size.
  void render(gpu::Recorder& recorder, const Panel& panel, const gpu::Texture& target);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace txs::display
