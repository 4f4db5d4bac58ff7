// Replaces operator new of the program that includes this, once, to know the largest request that was made of it.
#pragma once
#include <algorithm>
#include <cstdlib>
#include <new>

namespace txs::fuzz {
/// The largest single request since it was last set to 0.
inline std::size_t largest_allocation = 0;
}  // namespace txs::fuzz

// Inlined, GCC takes the pairs of new and free that result for mistakes.
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  txs::fuzz::largest_allocation = std::max(txs::fuzz::largest_allocation, size);
  return std::malloc(size);
}
[[gnu::noinline]] void* operator new(std::size_t size) {
  if (void* memory = operator new(size, std::nothrow)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
