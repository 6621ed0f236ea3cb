// A vector whose new elements are not written: for large arrays that parallel loops fill at once. The first
// writer of a page then also is the one that makes it, instead of one thread zeroing everything before.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace mizan {

template <class T>
struct UninitialisedAllocator : std::allocator<T> {
  static_assert(std::is_trivially_default_constructible_v<T>);

  UninitialisedAllocator() = default;
  template <class U>
  explicit UninitialisedAllocator(const UninitialisedAllocator<U>& /*other*/) noexcept {}
  template <class U>
  struct rebind {
    using other = UninitialisedAllocator<U>;
  };

  template <class U>
  void construct(U* place) noexcept {
    ::new (static_cast<void*>(place)) U;  // leaves the value undetermined
  }
  template <class U, class... Arguments>
  void construct(U* place, Arguments&&... arguments) {
    ::new (static_cast<void*>(place)) U(std::forward<Arguments>(arguments)...);
  }
};

/// After `UninitialisedVector<T> v(n)` or `resize(n)`, new elements must be written before they are read.
template <class T>
using UninitialisedVector = std::vector<T, UninitialisedAllocator<T>>;

}  // namespace mizan
