// Vectors of floats for the EM kernels, in the compiler's own vector types: exp, sums and rows of K numbers.
// Included only by em_kernels_<set>.cc; see em_kernels.h for the rules it obeys.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mizan::truth {
namespace {  // each build must have its own copies

template <int Lanes>
struct VectorOf {
  typedef float Float __attribute__((vector_size(Lanes * 4)));
  typedef std::int32_t Int __attribute__((vector_size(Lanes * 4)));
};
template <int Lanes>
using Floats = typename VectorOf<Lanes>::Float;
template <int Lanes>
using Ints = typename VectorOf<Lanes>::Int;

template <int Lanes>
inline Floats<Lanes> load(const float* from) {
  Floats<Lanes> value;
  __builtin_memcpy(&value, from, sizeof(value));
  return value;
}
template <int Lanes>
inline void store(float* to, Floats<Lanes> value) {
  __builtin_memcpy(to, &value, sizeof(value));
}
template <class To, class From>
inline To bits(From value) {
  static_assert(sizeof(To) == sizeof(From));
  To out;
  __builtin_memcpy(&out, &value, sizeof(out));
  return out;
}

// exp(x) for x <= 0 to about 2 units in the last place; 0 below the smallest normal number.
template <int Lanes>
inline Floats<Lanes> exp_nonpositive(Floats<Lanes> x) {
  using F = Floats<Lanes>;
  using I = Ints<Lanes>;
  constexpr float kLowest = -87.33F;
  constexpr float kRound = 12582912.0F;  // 1.5 * 2^23: adding it rounds to an integer kept in the low bits
  const I in_range = x > kLowest;
  const F clamped = in_range ? x : F{} + kLowest;
  const F shifted = clamped * 1.44269504F + kRound;
  const F n = shifted - kRound;
  // x - n ln 2 in two parts, then a polynomial on [-ln2/2, ln2/2].
  const F r = (clamped - n * 0.693359375F) - n * -2.12194440e-4F;
  F p = r * 1.9875691500e-4F + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  p = p * (r * r) + r + 1.0F;
  const I scaled = bits<I>(p) + (bits<I>(shifted) << 23);
  return bits<F>(scaled & in_range);
}

template <int Lanes>
inline double product(Floats<Lanes> value) {
  double result = 1;
  for (int i = 0; i < Lanes; ++i) result *= static_cast<double>(value[i]);
  return result;
}
template <int Lanes>
inline double sum(Floats<Lanes> value) {
  double result = 0;
  for (int i = 0; i < Lanes; ++i) result += static_cast<double>(value[i]);
  return result;
}

// Writes a[0], b[0], a[1], b[1] …
template <int Lanes>
inline void store_interleaved(float* to, Floats<Lanes> a, Floats<Lanes> b) {
  using F = Floats<Lanes>;
  F low;
  F high;
  if constexpr (Lanes == 4) {
    low = __builtin_shufflevector(a, b, 0, 4, 1, 5);
    high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  } else if constexpr (Lanes == 8) {
    low = __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
    high = __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
  } else {
    low = __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    high = __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  }
  store<Lanes>(to, low);
  store<Lanes>(to + Lanes, high);
}

// The first `count` lanes, the others 0.
template <int Lanes>
inline Floats<Lanes> first_lanes(Floats<Lanes> value, int count) {
  for (int i = count; i < Lanes; ++i) value[i] = 0;
  return value;
}

// A row of K floats as vectors of 16 or 8, 4, 2 and one float: no padding, because padded rows miss the
// cache.
template <int K, int Lanes>
struct Row {
  static constexpr int kWide = Lanes >= 16 && K >= 16 ? 16 : (Lanes >= 8 && K >= 8 ? 8 : 4);
  static constexpr int kWides = K / kWide;
  static constexpr int kAt4 = kWides * kWide;
  static constexpr bool kHas4 = (K - kAt4) >= 4;
  static constexpr int kAt2 = kAt4 + (kHas4 ? 4 : 0);
  static constexpr bool kHas2 = (K - kAt2) >= 2;
  static constexpr int kAt1 = kAt2 + (kHas2 ? 2 : 0);
  static constexpr bool kHas1 = (K - kAt1) >= 1;

  Floats<kWide> wide[kWides > 0 ? kWides : 1];
  Floats<4> four;
  Floats<2> two;
  float one;

  inline explicit Row(const float* from) {
    for (int w = 0; w < kWides; ++w) wide[w] = load<kWide>(from + static_cast<std::ptrdiff_t>(w) * kWide);
    if constexpr (kHas4) four = load<4>(from + kAt4);
    if constexpr (kHas2) two = load<2>(from + kAt2);
    if constexpr (kHas1) one = from[kAt1];
  }
  inline void store_to(float* to) const {
    for (int w = 0; w < kWides; ++w) store<kWide>(to + static_cast<std::ptrdiff_t>(w) * kWide, wide[w]);
    if constexpr (kHas4) store<4>(to + kAt4, four);
    if constexpr (kHas2) store<2>(to + kAt2, two);
    if constexpr (kHas1) to[kAt1] = one;
  }
  inline void add(const float* from) {
    for (int w = 0; w < kWides; ++w) wide[w] += load<kWide>(from + static_cast<std::ptrdiff_t>(w) * kWide);
    if constexpr (kHas4) four += load<4>(from + kAt4);
    if constexpr (kHas2) two += load<2>(from + kAt2);
    if constexpr (kHas1) one += from[kAt1];
  }
  inline void add_to(float* to) const {
    Row row(to);
    row.add(*this);
    row.store_to(to);
  }
  inline void add(const Row& other) {
    for (int w = 0; w < kWides; ++w) wide[w] += other.wide[w];
    if constexpr (kHas4) four += other.four;
    if constexpr (kHas2) two += other.two;
    if constexpr (kHas1) one += other.one;
  }
  // Applies f to every part.
  template <class F>
  inline void apply(F f) {
    for (int w = 0; w < kWides; ++w) wide[w] = f(wide[w]);
    if constexpr (kHas4) four = f(four);
    if constexpr (kHas2) two = f(two);
    if constexpr (kHas1) one = f(one);
  }
  // Combines all K numbers by a function of two vectors or floats.
  template <class F>
  [[nodiscard]] inline float reduce(F f) const {
    float result = 0;
    bool any = false;
    if constexpr (kWides > 0) {
      Floats<kWide> whole = wide[0];
      for (int w = 1; w < kWides; ++w) whole = f(whole, wide[w]);
      if constexpr (kWide == 16)
        result = halve4(halve8(halve16(whole, f), f), f);
      else if constexpr (kWide == 8)
        result = halve4(halve8(whole, f), f);
      else
        result = halve4(whole, f);
      any = true;
    }
    if constexpr (kHas4) result = any ? f(result, halve4(four, f)) : halve4(four, f);
    if constexpr (kHas2) {
      const float pair = f(static_cast<float>(two[0]), static_cast<float>(two[1]));
      result = any || kHas4 ? f(result, pair) : pair;
    }
    if constexpr (kHas1) result = any || kHas4 || kHas2 ? f(result, one) : one;
    return result;
  }

 private:
  template <class F>
  static inline Floats<8> halve16(Floats<16> v, F f) {
    return f(__builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7),
             __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15));
  }
  template <class F>
  static inline Floats<4> halve8(Floats<8> v, F f) {
    return f(__builtin_shufflevector(v, v, 0, 1, 2, 3), __builtin_shufflevector(v, v, 4, 5, 6, 7));
  }
  template <class F>
  static inline float halve4(Floats<4> v, F f) {
    const Floats<4> pairs = f(v, __builtin_shufflevector(v, v, 2, 3, 0, 1));
    return f(static_cast<float>(pairs[0]), static_cast<float>(pairs[1]));
  }
};

struct Larger {
  template <class V>
  inline V operator()(V a, V b) const {
    return a > b ? a : b;
  }
};
struct Plus {
  template <class V>
  inline V operator()(V a, V b) const {
    return a + b;
  }
};

}  // namespace
}  // namespace mizan::truth
