// Our ASTC decoder beside Mesa's own, which decodes on the CPU for drivers without ASTC, as llvmpipe is: random blocks
// become textures of OpenGL ES, and a draw reads their texels. It decodes by the unorm8 mode, the top byte of the
// 16-bit interpolation, as we do: equal to the bit, but that Mesa takes the reserved bits of void extents for 1
// whatever they are; if they are not, KDFS 23.23 has the block as illegal.
#include "gles_context.h"

#include <GLES2/gl2ext.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <tuple>

#include "../support/astc_random_blocks.h"

namespace txs::astc {
namespace {

constexpr std::size_t blocks_wide = 64, blocks_high = 32, blocks_at_once = blocks_wide * blocks_high;
constexpr std::size_t slice = 32768;

constexpr const char* whole_target = R"(#version 300 es
void main() { gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0); }
)";
// The texels as bytes. A value that is none is told by 256 more, so that no rounding hides it.
constexpr const char* bytes_of_texels = R"(#version 300 es
precision highp float;
precision highp int;
uniform highp sampler2D blocks;
uniform vec2 size;
out uvec4 bytes;
void main() {
  vec4 value = texture(blocks, gl_FragCoord.xy / size) * 255.0;
  vec4 whole = floor(value + 0.5);
  bytes = uvec4(whole) + 256u * uvec4(greaterThan(abs(value - whole), vec4(1e-3)));
}
)";

GLenum gl_format(std::size_t size, bool srgb) {
  return GLenum((srgb ? GL_COMPRESSED_SRGB8_ALPHA8_ASTC_4x4_KHR : GL_COMPRESSED_RGBA_ASTC_4x4_KHR) + size);
}

using WideTexel = std::array<std::uint16_t, 4>;

/// As Mesa takes it: see above.
std::array<std::byte, 16> with_reserved_bits(BlockBytes bytes) {
  std::array<std::byte, 16> block;
  std::ranges::copy(bytes, block.begin());
  block[1] |= std::byte(0b1100);
  return block;
}

/// Textures of one block size, one after the other.
class Decoder {
 public:
  Decoder(std::size_t size, bool srgb)
      : width_(GLsizei(blocks_wide * footprints[size].width)),
        height_(GLsizei(blocks_high * footprints[size].height)),
        format_(gl_format(size, srgb)) {
    glGenTextures(1, &blocks_);
    glBindTexture(GL_TEXTURE_2D, blocks_);
    glTexStorage2D(GL_TEXTURE_2D, 1, format_, width_, height_);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    if (srgb) glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_SRGB_DECODE_EXT, GL_SKIP_DECODE_EXT);
    witness::check_gles("making a texture");

    glGenRenderbuffers(1, &target_);
    glBindRenderbuffer(GL_RENDERBUFFER, target_);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA16UI, width_, height_);
    glGenFramebuffers(1, &framebuffer_);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, target_);
    program_ = witness::make_program(whole_target, bytes_of_texels);
    glUseProgram(program_);
    glUniform2f(glGetUniformLocation(program_, "size"), float(width_), float(height_));
    glViewport(0, 0, width_, height_);
    witness::check_gles("making a target");
  }
  ~Decoder() {
    glDeleteProgram(program_);
    glDeleteFramebuffers(1, &framebuffer_);
    glDeleteRenderbuffers(1, &target_);
    glDeleteTextures(1, &blocks_);
  }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  /// Row-major, `blocks_wide` blocks across.
  std::vector<WideTexel> decode(const std::vector<std::byte>& blocks) {
    glCompressedTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width_, height_, format_, GLsizei(blocks.size()), blocks.data());
    glDrawArrays(GL_TRIANGLES, 0, 3);
    std::vector<std::array<std::uint32_t, 4>> read(std::size_t(width_) * std::size_t(height_));
    glReadPixels(0, 0, width_, height_, GL_RGBA_INTEGER, GL_UNSIGNED_INT, read.data());
    witness::check_gles("decoding");
    std::vector<WideTexel> texels(read.size());
    for (std::size_t i = 0; i < read.size(); ++i)
      for (std::size_t c = 0; c < 4; ++c) texels[i][c] = std::uint16_t(read[i][c]);
    return texels;
  }

 private:
  GLsizei width_, height_;
  GLenum format_;
  GLuint blocks_ = 0, target_ = 0, framebuffer_ = 0, program_ = 0;
};

class AstcMesa : public testing::TestWithParam<std::tuple<std::size_t, bool>> {
 protected:
  static void SetUpTestSuite() {
    try {
      context() = std::make_unique<witness::GlesContext>();
    } catch (const std::exception& error) {
      why_none() = error.what();
    }
  }
  static void TearDownTestSuite() { context().reset(); }
  /// A run without the witness is no run.
  void SetUp() override {
    ASSERT_TRUE(context()) << why_none();
    ASSERT_NE(context()->renderer().find("llvmpipe"), std::string::npos)
        << "the driver is " << context()->renderer() << ", which may decode by other means than Mesa's decoder";
    ASSERT_TRUE(context()->has("GL_KHR_texture_compression_astc_ldr")) << context()->version();
    ASSERT_TRUE(context()->has("GL_EXT_texture_sRGB_decode")) << context()->version();
  }

  static std::unique_ptr<witness::GlesContext>& context() {
    static std::unique_ptr<witness::GlesContext> the_context;
    return the_context;
  }
  static std::string& why_none() {
    static std::string why;
    return why;
  }
};

TEST_P(AstcMesa, DecodesRandomBlocksToTheSameBits) {
  const auto [size, srgb] = GetParam();
  const Footprint& footprint = footprints[size];
  const std::size_t count = (blocks_a_size(slice) + blocks_at_once - 1) / blocks_at_once * blocks_at_once;
  RandomBlocks random(footprint, 100 + size);
  Decoder decoder(size, srgb);
  std::size_t legal = 0, illegal = 0, let_pass = 0;
  std::vector<std::byte> blocks(blocks_at_once * 16);
  for (std::size_t done = 0; done < count; done += blocks_at_once) {
    fill_with_random(blocks, random);
    const std::vector<WideTexel> theirs = decoder.decode(blocks);
    for (std::size_t b = 0; b < blocks_at_once; ++b) {
      const BlockBytes bytes(&blocks[b * 16], 16);
      Block block = parse_block(bytes, footprint);
      ++(block.kind == Block::Kind::error ? illegal : legal);
      if (block.why == "void extent: reserved bits are not 1") {
        ++let_pass;
        block = parse_block(with_reserved_bits(bytes), footprint);
      }
      const std::vector<Texel> ours = decode_texels(block, footprint, srgb);
      const std::size_t x = b % blocks_wide * footprint.width, y = b / blocks_wide * footprint.height;
      for (std::size_t t = 0; t < ours.size(); ++t) {
        const WideTexel& their = theirs[(y + t / footprint.width) * blocks_wide * footprint.width + x + t % footprint.width];
        ASSERT_EQ((WideTexel{ours[t][0], ours[t][1], ours[t][2], ours[t][3]}), their)
            << "block " << done + b << ", texel " << t << ", " << (block.why.empty() ? "legal" : block.why);
      }
    }
  }
  EXPECT_GT(legal, count / 8);
  EXPECT_GT(illegal, count / 8);
  std::printf("%s%s: %zu legal, %zu illegal blocks equal; of these %zu void extents with reserved bits Mesa does not see\n",
              size_name(footprint).c_str(), srgb ? " sRGB" : "", legal, illegal, let_pass);
}

std::string size_and_space(const testing::TestParamInfo<std::tuple<std::size_t, bool>>& tried) {
  const auto& [size, srgb] = tried.param;
  return size_name(footprints[size]) + (srgb ? "_srgb" : "_linear");
}

INSTANTIATE_TEST_SUITE_P(All, AstcMesa, testing::Combine(testing::Range<std::size_t>(0, footprints.size()), testing::Bool()),
                         size_and_space);

}  // namespace
}  // namespace txs::astc
