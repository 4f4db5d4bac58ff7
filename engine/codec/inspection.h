#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace txs::codec {

using Colour = std::array<float, 4>;      ///< RGBA in [0, 1]
using Texel = std::array<std::uint8_t, 4>;  ///< RGBA8

/// A field of a block's bits, least significant bit first.
struct BitField {
  std::string name;  ///< "mode", "R0", "P1", "indices"
  std::uint32_t first_bit = 0, bit_count = 0;
  std::uint64_t value = 0;
  std::string meaning;  ///< "mode 6", "181 of 255", ...
  int endpoint = -1;    ///< that it is a number of: 2 * subset + (0 low, 1 high), of BlockInspection::subsets; -1: none
  std::vector<std::uint8_t> texel_of_bit = {};  ///< of indices: the texel, row-major, that each bit belongs to
};

/// One line of colours in a block: of some of its texels, of some of their channels.
struct Subset {
  Colour low{}, high{};         ///< endpoints as decoded, [0, 1]
  std::vector<Colour> palette;  ///< its interpolated entries, low to high
  std::string name = {};        ///< "alpha", "red": where lines are of channels and not of texels; else empty
  std::uint32_t channels = 0b1111;  ///< that it sets: bit 0 red, 1 green, 2 blue, 3 alpha
  /// Palette index of each texel where this line has its own (BC3's alpha, BC5, BC7's modes 4 and 5, ASTC's second
  /// plane); empty: those of the block are meant.
  std::vector<std::uint8_t> indices = {};
  static constexpr std::uint8_t no_index = 255;  ///< among them: the texel is another line's
};

/// The steps of the Nelder-Mead method after Nelder and Mead 1965; `start` is the initial simplex.
enum class SimplexMove { start, reflect, expand, contract_outside, contract_inside, shrink };

/// One iteration as the GPU kernel did it. Vertices are sorted by loss, best first.
struct SimplexIteration {
  static constexpr int dimensions = 8;  ///< RGBA of the low endpoint, RGBA of the high one
  using Point = std::array<float, dimensions>;

  SimplexMove move = SimplexMove::start;
  std::array<Point, dimensions + 1> vertices{};  ///< after the move
  std::array<float, dimensions + 1> losses{};
  Point centroid{};                 ///< of all vertices but the worst, before the move
  Point reflected{}, second{};      ///< trial points; `second` is the expanded or contracted one
  float reflected_loss = 0, second_loss = 0;
  bool has_second = false;
  float best_before = 0, second_worst_before = 0, worst_before = 0;  ///< what the trial losses were compared with
};

struct SimplexSearch {
  std::vector<SimplexIteration> iterations;  ///< [0] is the initial simplex
  bool stopped_at_threshold = false;         ///< the loss fell to the threshold before the iterations ran out
  float loss_threshold = 0;
};

/// A way to encode the block that the search has looked at.
struct Candidate {
  std::string name;            ///< "mode 1, partition 13", "3 colours"
  double estimate = -1;        ///< its error as ranked before it was tried; negative: it was not ranked
  double squared_error = -1;   ///< of the best bits found by it, 8-bit units, weighted as the search weighs; negative: not tried
  bool chosen = false;         ///< the block's bits are of it
};

/// What a step of the search made of the block.
struct Gain {
  std::string name;          ///< "first bits", "least squares", "endpoint steps"
  double squared_error = 0;  ///< of the block's bits after it, as above
};

/// One step of a descent: lines of colours, and the line that each texel is on.
struct DescentStep {
  enum class Kind {
    start,
    free,     ///< texels go to their nearest lines
    restart,  ///< free; all texels had fallen to one line, and another was sent to where it is needed
    snap,     ///< the division becomes a pattern that the format has
    fixed,    ///< lines are fitted to that pattern
  };
  Kind kind = Kind::start;
  std::vector<Colour> low, high;      ///< of each line, after the step
  std::vector<std::uint8_t> line_of;  ///< of each texel: the division that the lines were fitted to
  float loss = 0;                     ///< squared errors in [0, 1], summed over texels and channels
  std::uint32_t nearest_seed = 0;     ///< of the pattern nearest to the division
  std::uint32_t distance = 0;         ///< texels in which the two differ
  std::vector<std::uint8_t> nearest;  ///< that pattern, of each texel its line
};

/// A descent with some number of lines from some start.
struct Descent {
  std::uint32_t partitions = 1, start = 0;
  std::vector<DescentStep> steps;  ///< [0] is the start
  float loss = 0;                  ///< of the end, ends and weights at 8 bits
  std::uint32_t seed = 0;          ///< of the pattern that it ended in
  std::uint32_t hamming = 0;       ///< texels that this pattern puts on another line than the lines of the end would
  std::uint32_t names = 0;         ///< the pattern's partition a is line (names >> 2a & 3)
  bool best_of_its_lines = false;  ///< of all starts with as many lines
  std::vector<std::uint8_t> ideal;  ///< the division that the lines of the end would like: of each texel its line
};

/// Everything the inspector shows of one block.
struct BlockInspection {
  std::uint32_t block_x = 0, block_y = 0;        ///< in blocks
  std::uint32_t width = 4, height = 4;           ///< texels of a block
  std::uint32_t inside_width = 4, inside_height = 4;  ///< of these in the picture; beyond its edge the last ones repeat
  std::vector<Texel> original, decoded;          ///< width * height, row-major
  std::vector<std::uint8_t> indices;             ///< palette index of each texel, as stored
  /// Not 0: the indices, those of single lines too, are weights from 0 to this on the way from a line's low end to its
  /// high one, blended from a grid; the palette has those that the grid's points may have.
  std::uint32_t weight_steps = 0;
  std::vector<std::uint8_t> subset_of;           ///< subset of each texel, among those without indices of their own
  std::vector<Colour> original_light, decoded_light;  ///< of kinds that are `hdr`: linear; the texels above tone-mapped
  std::array<std::uint8_t, 16> bits{};
  std::uint32_t bit_count = 128;                 ///< 64 or 128
  std::string mode;                              ///< "mode 6", "reserved"
  std::vector<BitField> fields;
  std::vector<Subset> subsets;
  double squared_error = 0;                      ///< RGB, 8-bit units, sum over the texels in the picture

  Colour mean{}, axis{};                         ///< of the texels; unit length, [0] if the block is flat
  Colour initial_low{}, initial_high{};          ///< the endpoints that the search started from
  std::vector<Candidate> candidates;             ///< in the order in which they were tried; empty where none were listed
  std::vector<Gain> gains;                       ///< in the order of the search
  std::vector<Descent> descents;                 ///< of searches that descend; by lines, then starts
  std::optional<SimplexSearch> search;           ///< none for a file's blocks, PCA only, or a block below the threshold

  bool in_picture(std::size_t texel) const {
    return texel % width < inside_width && texel / width < inside_height;
  }
};

/// A feature grid's part in a texel: the four corners that its sample blends.
struct GridSample {
  std::string name;               ///< "level 3", "lo"
  std::uint32_t width = 0, height = 0;
  bool hashed = false;
  float x = 0, y = 0;             ///< in grid texels
  struct Corner {
    std::uint32_t x = 0, y = 0, entry = 0;
    float weight = 0;
    std::vector<float> values;    ///< a channel each
  };
  std::array<Corner, 4> corners;  ///< top left, top right, bottom left, bottom right
  std::vector<float> features;    ///< their blend
};

/// How a network decodes one texel, from the values of the artifact.
struct TexelInspection {
  std::uint32_t x = 0, y = 0;
  Texel original{}, decoded{};
  std::vector<GridSample> grids;
  struct Layer {
    std::vector<float> sums;     ///< weights * inputs + biases
    std::vector<float> outputs;  ///< after the activation; of the last layer after the sigmoid
  };
  std::vector<Layer> layers;
};

using Inspection = std::variant<BlockInspection, TexelInspection>;

}  // namespace txs::codec
