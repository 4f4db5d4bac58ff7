#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace txs {

/// SPIR-V of a shader stage by its path below shaders/ ("codecs/bc7/search.comp"); empty if there is none.
std::span<const std::uint32_t> embedded_shader(std::string_view path);

}  // namespace txs
