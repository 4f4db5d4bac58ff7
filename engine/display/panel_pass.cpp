#include "display/panel_pass.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <stdexcept>
#include <vector>

#include "display/view_colour.h"
#include "shaders/interop/display.h"

namespace txs::display {
namespace {

using interop::PanelPush;
using interop::uvec2;
using interop::vec2;
using interop::vec4;

constexpr float grid_pixels = 8;  // lines nearer to each other than this would hide what they part
// Blocks of 4 x 4 are that far apart at two pixels a texel. Larger ones have lines from there on too: a picture at its own
// size is looked at without any, whatever it is compared with.
constexpr float block_grid_zoom = 2;

/// How many texels an axis a kernel takes for a pixel. A loop of known length is unrolled, which halves its cost on a
/// software device; there a pixel takes 4 x 4 at most, and skips some beyond 3 texels a pixel. A GPU affords the exact
/// mean up to 16 texels a pixel.
struct Reach {
  std::vector<std::uint32_t> fixed_taps;  ///< rising; 0, the last if there, loops
  float most_texels;                      ///< per pixel and axis; beyond, the stride grows
};

Reach reach_on(const gpu::Device& device) { return device.is_cpu() ? Reach{{1, 3, 4}, 3} : Reach{{1, 0}, 16}; }

std::uint32_t content_of(codec::View::Kind kind) {
  switch (kind) {
    case codec::View::Kind::categorical: return interop::content_categorical_view;
    case codec::View::Kind::features: return interop::content_feature_view;
    case codec::View::Kind::picture: return interop::content_picture;
    default: return interop::content_scalar_view;
  }
}

bool shows_light(const Panel& panel) {
  return panel.content != Content::view && panel.a && panel.a->format() == gpu::Format::rgba16f;
}

std::uint32_t content_of(const Panel& panel) {
  const bool light = shows_light(panel);
  switch (panel.content) {
    case Content::error: return light ? interop::content_light_error : interop::content_error;
    case Content::difference: return light ? interop::content_light_difference : interop::content_difference;
    case Content::view: return panel.view ? content_of(panel.view->kind) : interop::content_scalar_view;
    default:
      if (light) return interop::content_light_picture;
      return panel.exposure_stops == 0 ? interop::content_picture : interop::content_exposed_picture;
  }
}

vec4 channel_weights(Channels channels) {
  switch (channels) {
    case Channels::red: return {1, 0, 0, 0};
    case Channels::green: return {0, 1, 0, 0};
    case Channels::blue: return {0, 0, 1, 0};
    case Channels::alpha: return {0, 0, 0, 1};
    case Channels::luma: return interop::luma_weights;
    default: return {0, 0, 0, 0};
  }
}

std::uint32_t tone_of(ToneCurve curve) {
  switch (curve) {
    case ToneCurve::clamp: return interop::tone_clamp;
    case ToneCurve::filmic: return interop::tone_filmic;
    default: return interop::tone_reinhard;
  }
}

float gain_of(const Panel& panel) {
  switch (panel.content) {
    case Content::error: return 1 / panel.error_scale;
    case Content::difference: return 0.5f / panel.error_scale;
    default: return std::exp2(panel.exposure_stops) * (shows_light(panel) ? panel.exposure.scale : 1);
  }
}

/// The smallest power of two by which a pixel takes no more than `most` texels an axis.
float stride_for(float texels_per_pixel, float most) {
  float stride = 1;
  while (texels_per_pixel > most * stride) stride *= 2;
  return stride;
}

/// Texels that a pixel touches, wherever it lies; magnified, the one under its centre.
std::uint32_t taps_for(float texels_per_pixel) {
  return texels_per_pixel <= 1 ? 1 : std::uint32_t(std::ceil(texels_per_pixel)) + 1;
}

/// What the kernel samples, the size of the image that it stands for, and where its texels lie on it: the image
/// coordinate x is at x / cell + shift in texels of `first`, of which [0, extent) are shown.
struct Sources {
  const gpu::Texture* first = nullptr;
  const gpu::Texture* second = nullptr;
  uvec2 image_size{0, 0};
  vec2 cell{1, 1}, shift{0, 0}, extent{0, 0};
};

uvec2 size_of(const gpu::Texture& texture) { return {texture.width(), texture.height()}; }

/// The first texel's centre lies on the image's first, the last one's on its last (codec::View::corner_aligned).
void align_corners(Sources& sources, uvec2 grid) {
  for (int axis = 0; axis < 2; ++axis) {
    const auto image = float(sources.image_size[axis]), texels = float(grid[axis]);
    // One texel for the whole image; and an image of one texel sees the grid's first alone.
    sources.cell[axis] = grid[axis] == 1 ? image : image > 1 ? (image - 1) / (texels - 1) : 1;
    sources.shift[axis] = grid[axis] == 1 || image == 1 ? 0 : 0.5f - 0.5f / sources.cell[axis];
  }
}

Sources view_source(const Panel& panel) {
  if (!panel.view || !panel.view->texture) return {};
  const codec::View& view = *panel.view;
  const bool features = view.kind == codec::View::Kind::features;
  uvec2 grid = size_of(*view.texture);
  if (features) grid.y /= std::max(1u, view.channels);
  Sources sources{view.texture, features ? view.ranges : nullptr};
  sources.cell = vec2(view.texels_wide, view.texels_high);
  sources.image_size = grid * uvec2(view.texels_wide, view.texels_high);
  // The last blocks may reach beyond the image.
  if (panel.a)
    sources.image_size = view.corner_aligned ? size_of(*panel.a)
                                             : uvec2(std::min(sources.image_size.x, panel.a->width()),
                                                     std::min(sources.image_size.y, panel.a->height()));
  if (view.corner_aligned) align_corners(sources, grid);
  sources.extent = view.corner_aligned ? vec2(grid) : vec2(sources.image_size) / sources.cell;
  return sources;
}

Sources picture_source(const gpu::Texture& first, const gpu::Texture* second) {
  const uvec2 size = size_of(first);
  return {&first, second, size, {1, 1}, {0, 0}, vec2(size)};
}

Sources sources_of(const Panel& panel) {
  if (panel.content == Content::view) return view_source(panel);
  if (panel.content == Content::picture) return panel.a ? picture_source(*panel.a, nullptr) : Sources{};
  if (!panel.a || !panel.b) return {};
  if (size_of(*panel.a) != size_of(*panel.b))
    throw std::invalid_argument("display::PanelPass: the pictures differ in size");
  if (panel.a->format() != panel.b->format()) return {};
  return picture_source(*panel.a, panel.b);
}

void push_features(PanelPush& push, const Panel& panel) {
  const codec::View& view = *panel.view;
  const FeatureLook look = fitted(panel.features, view.channels);
  const std::array<int, 3> shown = look.mapped ? std::array{look.channel, -1, -1} : look.rgb;
  push.planes = {shown[0], shown[1], shown[2], int(view.channels)};
  if (look.mapped) push.feature_look |= interop::look_mapped;
  if (look.common_range) push.feature_look |= interop::look_common_range;
  if (view.ranges) push.feature_look |= interop::look_measured;
}

PanelPush push_for(const Panel& panel, const Sources& sources, float most_texels) {
  const float scale = panel.texels_per_pixel;
  PanelPush push{};
  push.origin = vec2(panel.origin_x, panel.origin_y);
  push.texels_per_pixel = scale;
  push.gain = gain_of(panel);
  push.image_size = vec2(sources.image_size);
  push.cell = sources.cell;
  push.shift = sources.shift;
  push.extent = sources.extent;
  for (int axis = 0; axis < 2; ++axis) {
    const float covered = scale / sources.cell[axis];
    push.stride[axis] = stride_for(covered, most_texels);
    push.taps = std::max(push.taps, taps_for(covered / push.stride[axis]));
  }
  push.channel = channel_weights(panel.channels);
  push.range = vec2(0, 1);
  if (panel.view && panel.view->maximum > panel.view->minimum)
    push.range = vec2(panel.view->minimum, panel.view->maximum);
  const BlockFilter& filter = panel.filter;
  if (shows_light(panel)) push.range.x = panel.exposure.white_point;
  push.tone_curve = tone_of(panel.tone_curve);
  push.planes.w = int(panel.compared_channels);
  push.map_cell = filter.map ? filter.texels_wide | filter.texels_high << 16 : interop::everywhere;
  if (content_of(panel) == interop::content_feature_view) push_features(push, panel);
  if (content_of(panel) == interop::content_categorical_view)
    push.planes = {int(category_columns(*panel.view)), int(panel.view->rows), 0, 0};
  if (panel.block_width > 0 && panel.block_height > 0 && block_grid_zoom * scale <= 1)
    push.block = vec2(panel.block_width, panel.block_height);
  push.pixel_grid = panel.pixel_grid && grid_pixels * scale <= 1;
  return push;
}

gpu::KernelSource panel_kernel(std::uint32_t content, std::uint32_t fixed_taps) {
  using enum gpu::Binding;
  return {"display/panel.comp",
          sizeof(PanelPush),
          {storage, nearest, nearest, nearest, nearest},
          {content, fixed_taps},
          {}};
}

constexpr std::uint32_t table_entries = interop::filter_categories + 1;
static_assert(interop::filter_categories == codec::View::most_categories);

}  // namespace

struct PanelPass::State {
  explicit State(gpu::Device& device)
      : reach(reach_on(device)),
        nothing(device, gpu::Format::rgba8, 1, 1, "no picture"),
        everything(device, gpu::Format::r32f, 1, 1, "no filter"),
        table(device, gpu::Format::r32f, table_entries, 1, "filter"),
        table_entering(device, table_entries * sizeof(float), "filter") {
    for (std::uint32_t content = 0; content < interop::panel_contents; ++content)
      for (const std::uint32_t taps : reach.fixed_taps) kernels.emplace_back(device, panel_kernel(content, taps));
  }

  const gpu::Kernel& kernel(std::uint32_t content, std::uint32_t taps) const {
    const auto fits = [taps](std::uint32_t fixed) { return fixed >= taps || fixed == 0; };
    const auto found = std::ranges::find_if(reach.fixed_taps, fits) - reach.fixed_taps.begin();
    return kernels[content * reach.fixed_taps.size() + std::size_t(found)];
  }

  void set_table(gpu::Recorder& recorder, const Categories& lit) {
    std::array<float, table_entries> dimmed{};
    for (std::size_t i = 0; i < table_entries; ++i) dimmed[i] = i < lit.size() && lit[i] ? 0.0f : 1.0f;
    recorder.write(table_entering, 0, std::as_bytes(std::span(dimmed)));
    recorder.copy(table_entering, 0, table);
  }

  Reach reach;
  std::vector<gpu::Kernel> kernels;  // content by content, one for each of fixed_taps
  gpu::Texture nothing;              // bound where a panel has no picture
  gpu::Texture everything;           // map and table where it has no filter
  gpu::Texture table;
  gpu::Buffer table_entering;        // on its way into the table
};

PanelPass::PanelPass(gpu::Device& device) : state_(std::make_unique<State>(device)) {}
PanelPass::~PanelPass() = default;

bool PanelPass::ready() const {
  return std::ranges::all_of(state_->kernels, [](const gpu::Kernel& kernel) { return kernel.ready(); });
}

void PanelPass::render(gpu::Recorder& recorder, const Panel& panel, const gpu::Texture& target) {
  const Sources sources = sources_of(panel);
  const BlockFilter& filter = panel.filter;
  const PanelPush push = push_for(panel, sources, state_->reach.most_texels);
  const auto bound = [this](const gpu::Texture* source) { return source ? source : &state_->nothing; };
  recorder.begin_pass("panel");
  if (filter.map) state_->set_table(recorder, filter.lit);
  recorder.dispatch(state_->kernel(content_of(panel), push.taps), push,
                    {&target, bound(sources.first), bound(sources.second),
                     filter.map ? filter.map : &state_->everything, filter.map ? &state_->table : &state_->everything},
                    {gpu::divide_up(target.width(), interop::panel_group_side),
                     gpu::divide_up(target.height(), interop::panel_group_side)});
  recorder.end_pass();
}

}  // namespace txs::display
