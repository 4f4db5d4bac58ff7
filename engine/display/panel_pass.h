#pragma once
#include <cstdint>
#include <memory>
#include <optional>

#include "codec/codec.h"
#include "display/block_filter.h"
#include "display/feature_look.h"
#include "gpu/recorder.h"

namespace txs::display {

/// What a panel shows.
enum class Content {
  picture,     ///< a
  error,       ///< largest difference of a and b in R, G, B, A, or that of the isolated channel, by the inferno map
  difference,  ///< (b - a) * gain around mid grey, channel by channel
  view,        ///< a codec's view, coloured by its scale, its categories or its channels
};

enum class Channels { rgb, red, green, blue, alpha, luma };

/// One panel: image coordinates are texels from the top left corner, panel coordinates are pixels. Without the textures
/// that its content wants it is all background.
struct Panel {
  Content content = Content::picture;
  const gpu::Texture* a = nullptr;  ///< rgba8
  const gpu::Texture* b = nullptr;  ///< rgba8, the same size; where the content wants it
  std::optional<codec::View> view;

  float origin_x = 0, origin_y = 0;  ///< image coordinate at the panel's top left
  /// Above 0. Up to 1 texels are squares; beyond, the picture is shrunk by a box filter: of all texels that a pixel
  /// covers, to 3 x 3 on a software device and 16 x 16 on a GPU; from there on, of every second, fourth, ... of them.
  float texels_per_pixel = 1;

  Channels channels = Channels::rgb;  ///< isolated channels are shown grey; alpha otherwise lies over a checkerboard
  float exposure_stops = 0;           ///< linear light times 2^stops, for pictures alone
  float error_scale = 0.1f;           ///< above 0: the error at the colour map's top; the difference's gain is 0.5 / it
  bool pixel_grid = true;             ///< drawn from 8 pixels a texel on
  std::uint32_t block_width = 0, block_height = 0;  ///< 0: no block grid; drawn from 8 pixels a block on
  std::int32_t only_category = -1;    ///< view: other categories are dimmed; -1 shows all
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
