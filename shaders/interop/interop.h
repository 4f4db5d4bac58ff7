// Compiled by GLSL and C++ alike: fixed-size plain data in scalar block layout. Never a vec3.
// ADDRESS(T) is a buffer device address: a GLSL buffer reference of type T, 64 bits in C++.
#ifndef TXS_INTEROP_H
#define TXS_INTEROP_H
#ifdef __cplusplus
#include <cstdint>
#include <glm/vec2.hpp>
#include <glm/vec4.hpp>
namespace txs::interop {
using uint = std::uint32_t;
using glm::ivec2;
using glm::ivec4;
using glm::uvec2;
using glm::uvec4;
using glm::vec2;
using glm::vec4;
}  // namespace txs::interop
#define TXS_INTEROP_BEGIN namespace txs::interop {
#define TXS_INTEROP_END }
#define TXS_ADDRESS(T) std::uint64_t
#define TXS_CONST inline constexpr
#define TXS_FUNCTION inline
#define TXS_ASSERT_SIZE(T, bytes) static_assert(sizeof(T) == (bytes), #T " differs from its GLSL twin")
#else
#extension GL_EXT_buffer_reference : require
#extension GL_EXT_buffer_reference2 : require
#extension GL_EXT_scalar_block_layout : require
#define TXS_INTEROP_BEGIN
#define TXS_INTEROP_END
#define TXS_ADDRESS(T) T
#define TXS_CONST const
#define TXS_FUNCTION
#define TXS_ASSERT_SIZE(T, bytes)
#endif
#endif
