#include "samples/canvas.h"

#include "image/tone_map.h"

namespace txs::samples {
namespace {

std::uint8_t to_byte(float unit) { return static_cast<std::uint8_t>(std::lround(std::clamp(unit, 0.0f, 1.0f) * 255)); }

/// Blurs along one axis: `count` samples, `step` apart, for each of `lines` lines that are `line_step` apart.
void blur_lines(std::vector<glm::vec4>& samples, int count, std::size_t step, int lines, std::size_t line_step,
                const std::vector<float>& kernel) {
  const int reach = static_cast<int>(kernel.size()) - 1;
  std::vector<glm::vec4> line(static_cast<std::size_t>(count));
  for (int l = 0; l < lines; ++l) {
    glm::vec4* start = samples.data() + std::size_t(l) * line_step;
    for (int i = 0; i < count; ++i) line[std::size_t(i)] = start[std::size_t(i) * step];
    for (int i = 0; i < count; ++i) {
      glm::vec4 sum = line[std::size_t(i)] * kernel[0];
      for (int k = 1; k <= reach; ++k)
        sum += (line[std::size_t(std::max(i - k, 0))] + line[std::size_t(std::min(i + k, count - 1))]) *
               kernel[std::size_t(k)];
      start[std::size_t(i) * step] = sum;
    }
  }
}

}  // namespace

glm::vec3 rgb(std::uint32_t srgb) {
  const auto channel = [&](int shift) { return srgb_decode(static_cast<float>((srgb >> shift) & 255) / 255); };
  return {channel(16), channel(8), channel(0)};
}

Canvas::Canvas(int width, int height)
    : width_(width),
      height_(height),
      samples_(std::size_t(width) * std::size_t(height) * samples_a_side * samples_a_side, glm::vec4(0)) {}

void Canvas::blur(float sigma) {
  sigma *= samples_a_side;
  std::vector<float> kernel;
  float sum = 0;
  for (int i = 0; i <= static_cast<int>(std::ceil(3 * sigma)); ++i) {
    kernel.push_back(std::exp(-0.5f * float(i * i) / (sigma * sigma)));
    sum += i == 0 ? kernel.back() : 2 * kernel.back();
  }
  for (float& weight : kernel) weight /= sum;
  const int grid_width = width_ * samples_a_side, grid_height = height_ * samples_a_side;
  blur_lines(samples_, grid_width, 1, grid_height, std::size_t(grid_width), kernel);
  blur_lines(samples_, grid_height, std::size_t(grid_width), grid_width, 1, kernel);
}

Rgba8Image Canvas::finish() const {
  Rgba8Image image{width_, height_, std::vector<std::uint8_t>(std::size_t(width_) * std::size_t(height_) * 4)};
  std::vector<glm::vec4> pixels(std::size_t(width_) * std::size_t(height_), glm::vec4(0));
  const std::size_t grid_width = std::size_t(width_) * samples_a_side;
  for (std::size_t i = 0; i < samples_.size(); ++i) {
    const std::size_t x = i % grid_width / samples_a_side, y = i / grid_width / samples_a_side;
    pixels[y * std::size_t(width_) + x] += samples_[i] / float(samples_a_side * samples_a_side);
  }
  // Colour flows one pixel further into what is bare with each round.
  std::vector<glm::vec4> spread = pixels;
  for (int round = 0; round < std::max(width_, height_); ++round) {
    const std::vector<glm::vec4> before = spread;
    bool complete = true;
    for (int y = 0; y < height_; ++y)
      for (int x = 0; x < width_; ++x) {
        glm::vec4& here = spread[std::size_t(y * width_ + x)];
        if (here.a > 0) continue;
        for (int dy = -1; dy <= 1; ++dy)
          for (int dx = -1; dx <= 1; ++dx) {
            const int nx = std::clamp(x + dx, 0, width_ - 1), ny = std::clamp(y + dy, 0, height_ - 1);
            const glm::vec4& neighbour = before[std::size_t(ny * width_ + nx)];
            if (neighbour.a > 0) here += neighbour / neighbour.a;
          }
        complete = complete && here.a > 0;
      }
    if (complete) break;
  }
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    const glm::vec4& colour = spread[i];
    for (int c = 0; c < 3; ++c)
      image.texels[i * 4 + std::size_t(c)] =
          colour.a > 0 ? to_byte(srgb_encode(std::min(colour[c] / colour.a, 1.0f))) : 0;
    image.texels[i * 4 + 3] = to_byte(pixels[i].a);
  }
  return image;
}

}  // namespace txs::samples
