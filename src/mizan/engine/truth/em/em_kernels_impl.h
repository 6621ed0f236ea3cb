// The code of the EM kernels, written once and built once per instruction set. Included only by
// em_kernels_<set>.cc; see em_kernels.h for the rules it obeys.
//
// Two classes: x = log-odds of class 1, e = exp(-|x|), posteriors 1/(1+e) and e/(1+e); the normaliser is
// max(x,0) + log(1+e).
// More: x_k - max x, exp, divided by the sum. Logs of sums are taken once for many tasks, of their product.
#pragma once

#include <cstddef>
#include <cstdint>

#include "mizan/engine/truth/em/em_kernels.h"
#include "mizan/engine/truth/em/em_vector.h"

namespace mizan::truth {
namespace {  // each build must have its own copies

// A gold task's log-odds: far enough for exp(-x) to be exactly 0, near enough not to spoil float sums.
constexpr float kCertain = 100;
// How many tasks' normalisers (each at most the number of classes) are multiplied before a log is taken.
constexpr std::size_t kLogEvery = 32;

// One chunk of a stretch: its tasks in working order.
struct Chunk {
  std::size_t first;
  std::size_t count;
  const std::uint8_t* order;
  const std::uint32_t* offsets;

  Chunk(const EmStretch& s, std::size_t begin)
      : first(begin),
        count(s.end - begin < kEmChunk ? s.end - begin : kEmChunk),
        order(s.order == nullptr ? nullptr : s.order + begin),
        offsets(s.offsets + begin) {}
  /// The task at a place of the working order, counted from the chunk's first.
  [[nodiscard]] std::size_t task(std::size_t place) const { return order == nullptr ? place : order[place]; }
  [[nodiscard]] std::uint32_t label_count(std::size_t t) const { return offsets[t + 1] - offsets[t]; }
};

// Calls clamp(place in working order, answer) for the gold tasks of a chunk and moves `next` behind them.
template <class Clamp>
inline void for_gold(const EmStretch& s, const Chunk& chunk, std::size_t& next, Clamp clamp) {
  const std::size_t end = chunk.first + chunk.count;
  if (next == s.gold_count || s.gold[next].task >= end) return;
  std::uint8_t place_of[kEmChunk];
  for (std::size_t j = 0; j < chunk.count; ++j) place_of[chunk.task(j)] = static_cast<std::uint8_t>(j);
  for (; next < s.gold_count && s.gold[next].task < end; ++next)
    clamp(place_of[s.gold[next].task - chunk.first], s.gold[next].answer);
}

// How many labels each task of a run has, known to the compiler; 0 = not.
template <int N>
struct Count {
  static constexpr int kValue = N;
};

template <int N, class Visit>
inline std::size_t run_of(const Chunk& chunk, std::size_t place, Visit& visit) {
  for (; place < chunk.count; ++place) {
    const std::size_t t = chunk.task(place);
    if (chunk.label_count(t) != N) break;
    visit(Count<N>{}, place, chunk.offsets[t], N);
  }
  return place;
}

// visit(Count<N>, place in working order, first label, number of labels) for every task of a chunk. In the
// working order tasks with as many labels stand together: each run goes through code unrolled for its number,
// and the processor does not have to guess where a task ends.
template <class Visit>
inline void for_tasks(const Chunk& chunk, Visit visit) {
  for (std::size_t j = 0; j < chunk.count;) {
    const std::size_t t = chunk.task(j);
    const std::uint32_t count = chunk.label_count(t);
    switch (count) {
      case 1:
        j = run_of<1>(chunk, j, visit);
        break;
      case 2:
        j = run_of<2>(chunk, j, visit);
        break;
      case 3:
        j = run_of<3>(chunk, j, visit);
        break;
      case 4:
        j = run_of<4>(chunk, j, visit);
        break;
      case 5:
        j = run_of<5>(chunk, j, visit);
        break;
      case 6:
        j = run_of<6>(chunk, j, visit);
        break;
      case 7:
        j = run_of<7>(chunk, j, visit);
        break;
      case 8:
        j = run_of<8>(chunk, j, visit);
        break;
      case 9:
        j = run_of<9>(chunk, j, visit);
        break;
      case 10:
        j = run_of<10>(chunk, j, visit);
        break;
      default:
        visit(Count<0>{}, j++, chunk.offsets[t], count);
    }
  }
}

// The posteriors of x[0..count), class 0 beside class 1, into `pairs`; adds them and the log normalisers. x
// and pairs may be overwritten up to a whole vector. Both are computed, not one as 1 - the other: a count
// that is nearly 0 matters to the log of a parameter.
template <int Lanes>
inline void sigmoid_chunk(float* x, std::size_t count, float* pairs, double* class_sums, double& log_norm) {
  using F = Floats<Lanes>;
  for (std::size_t i = count; i % Lanes != 0; ++i) x[i] = -kCertain;  // adds nothing but to class 0
  F above = {};
  F normaliser = F{} + 1.0F;
  F sum_one = {};
  F sum_zero = {};
  for (std::size_t i = 0; i < count; i += Lanes) {
    const F value = load<Lanes>(x + i);
    const auto is_one = value > 0.0F;
    const F e = exp_nonpositive<Lanes>(is_one ? -value : value);
    const F larger = 1.0F / (1.0F + e);
    const F smaller = e * larger;
    const F one = is_one ? larger : smaller;
    const F zero = is_one ? smaller : larger;
    store_interleaved<Lanes>(pairs + 2 * i, zero, one);
    above += is_one ? value : F{};
    normaliser *= 1.0F + e;  // at most 2^(256/Lanes) <= 2^64
    sum_one += one;
    sum_zero += i + Lanes <= count ? zero : first_lanes<Lanes>(zero, static_cast<int>(count - i));
  }
  class_sums[1] += sum<Lanes>(sum_one);
  class_sums[0] += sum<Lanes>(sum_zero);
  log_norm += sum<Lanes>(above) + __builtin_log(product<Lanes>(normaliser));
}

// The sum of rows[code] over N labels (count, where N = 0), as a tree: a chain of additions would wait.
template <int N, class Code>
inline float gather(const Code* codes, std::uint32_t count, const float* rows) {
  if constexpr (N == 1) {
    return rows[codes[0]];
  } else if constexpr (N > 1) {
    return gather<N / 2>(codes, N / 2, rows) + gather<N - N / 2>(codes + N / 2, N - N / 2, rows);
  } else {
    float even = 0;
    float odd = 0;
    std::uint32_t i = 0;
    for (; i + 1 < count; i += 2) {
      even += rows[codes[i]];
      odd += rows[codes[i + 1]];
    }
    return i < count ? even + odd + rows[codes[i]] : even + odd;
  }
}

// Vote shares from the number of labels that say class 1, in the same form.
inline void share_chunk(const Chunk& chunk, const float* x, float* pairs) {
  for (std::size_t j = 0; j < chunk.count; ++j) {
    const auto count = static_cast<float>(chunk.label_count(chunk.task(j)));
    pairs[2 * j] = (count - x[j]) / count;
    pairs[2 * j + 1] = x[j] / count;
  }
}

template <int Lanes, class Code>
void pass_two(EmStretch& s) {
  const Code* const codes = static_cast<const Code*>(s.codes);
  const float* const rows = s.rows;
  float* const counts = s.counts;
  float* const pairs = s.scratch;
  float* const x = s.scratch + kEmChunk;  // in the upper half of pairs: read just before it is overwritten
  const float prior = s.prior[0];
  double log_norm = 0;
  std::size_t gold = 0;
  for (std::size_t begin = s.begin; begin < s.end; begin += kEmChunk) {
    const Chunk chunk(s, begin);
    for_tasks(chunk, [&](auto n, std::size_t j, std::uint32_t first, std::uint32_t count) {
      x[j] = prior + gather<n.kValue>(codes + first, count, rows);
    });
    if (s.input == EmInput::model) {
      for_gold(s, chunk, gold, [&](std::size_t place, std::uint32_t answer) {
        if (answer == 1) log_norm += static_cast<double>(x[place]) - static_cast<double>(kCertain);
        x[place] = answer == 1 ? kCertain : -kCertain;
      });
      sigmoid_chunk<Lanes>(x, chunk.count, pairs, s.class_sums, log_norm);
    } else {
      share_chunk(chunk, x, pairs);
      for_gold(s, chunk, gold, [&](std::size_t place, std::uint32_t answer) {
        pairs[2 * place] = static_cast<float>(1 - answer);
        pairs[2 * place + 1] = static_cast<float>(answer);
      });
      for (std::size_t i = 0; i < 2 * chunk.count; ++i) s.class_sums[i % 2] += static_cast<double>(pairs[i]);
    }
    for_tasks(chunk, [&](auto, std::size_t j, std::uint32_t first, std::uint32_t count) {
      const Floats<2> posterior = load<2>(pairs + 2 * j);
      for (std::uint32_t i = 0; i < count; ++i) {
        float* const counter = counts + 2 * static_cast<std::size_t>(codes[first + i]);
        store<2>(counter, load<2>(counter) + posterior);
      }
    });
  }
  s.log_norm += log_norm;
}

template <int Lanes>
inline void exp_all(float* x, std::size_t count) {
  for (std::size_t i = 0; i < count; i += Lanes)
    store<Lanes>(x + i, exp_nonpositive<Lanes>(load<Lanes>(x + i)));
}

// The product of normalisers, whose log is taken now and then.
struct LogProduct {
  double total = 0;
  double product = 1;
  std::size_t factors = 0;

  inline void multiply(double factor) {
    product *= factor;
    if (++factors == kLogEvery) settle();
  }
  inline void settle() {
    total += __builtin_log(product);
    product = 1;
    factors = 0;
  }
};

template <int K, int Lanes, class Code>
void pass_small(EmStretch& s) {
  const Code* const codes = static_cast<const Code*>(s.codes);
  const float* const rows = s.rows;
  float* const counts = s.counts;
  float* const x = s.scratch;
  const bool is_model = s.input == EmInput::model;
  const float at_answer = is_model ? 0 : 1;
  const float elsewhere = is_model ? -kCertain : 0;
  float class_sums[K];
  double log_norm = 0;
  LogProduct normalisers;
  std::size_t gold = 0;
  for (std::size_t begin = s.begin; begin < s.end; begin += kEmChunk) {
    const Chunk chunk(s, begin);
    double maxima = 0;
    for_tasks(chunk, [&](auto, std::size_t j, std::uint32_t first, std::uint32_t count) {
      Row<K, Lanes> sums(s.prior);
      for (std::uint32_t i = 0; i < count; ++i)
        sums.add(rows + static_cast<std::size_t>(codes[first + i]) * K);
      if (is_model) {
        const float largest = sums.reduce(Larger{});
        sums.apply([&](auto v) { return v - largest; });
        maxima += static_cast<double>(largest);
      }
      sums.store_to(x + j * K);
    });
    log_norm += maxima;
    for_gold(s, chunk, gold, [&](std::size_t place, std::uint32_t answer) {
      float* row = x + place * K;
      log_norm += static_cast<double>(row[answer]);
      for (std::uint32_t k = 0; k < K; ++k) row[k] = k == answer ? at_answer : elsewhere;
    });
    if (is_model) exp_all<Lanes>(x, chunk.count * K);
    for (int k = 0; k < K; ++k) class_sums[k] = 0;
    Row<K, Lanes> classes(class_sums);
    for_tasks(chunk, [&](auto, std::size_t j, std::uint32_t first, std::uint32_t count) {
      Row<K, Lanes> posterior(x + j * K);
      const float total = posterior.reduce(Plus{});
      normalisers.multiply(static_cast<double>(total));
      const float scale = 1.0F / total;
      posterior.apply([&](auto v) { return v * scale; });
      for (std::uint32_t i = 0; i < count; ++i)
        posterior.add_to(counts + static_cast<std::size_t>(codes[first + i]) * K);
      classes.add(posterior);
    });
    classes.store_to(class_sums);
    for (int k = 0; k < K; ++k) s.class_sums[k] += static_cast<double>(class_sums[k]);
  }
  normalisers.settle();
  s.log_norm += log_norm + normalisers.total;
}

// One task at a time; rows padded to 8 with zeros, in the prior too.
template <int Lanes, class Code>
void pass_any(EmStretch& s) {
  constexpr int kStep = Lanes < 8 ? 4 : 8;
  using F = Floats<kStep>;
  const Code* const codes = static_cast<const Code*>(s.codes);
  const std::size_t width = em_row_width(s.classes);
  float* const x = s.scratch;
  const bool is_model = s.input == EmInput::model;
  const float at_answer = is_model ? 0 : 1;
  const float elsewhere = is_model ? -kCertain : 0;
  double log_norm = 0;
  LogProduct normalisers;
  std::size_t gold = 0;
  for (std::size_t t = s.begin; t < s.end; ++t) {
    const std::size_t first = s.offsets[t];
    const std::size_t last = s.offsets[t + 1];
    for (std::size_t k = 0; k < width; ++k) x[k] = s.prior[k];
    for (std::size_t i = first; i < last; ++i) {
      const float* const row = s.rows + static_cast<std::size_t>(codes[i]) * width;
      for (std::size_t k = 0; k < width; k += kStep)
        store<kStep>(x + k, load<kStep>(x + k) + load<kStep>(row + k));
    }
    if (is_model) {
      float largest = x[0];
      for (std::size_t k = 1; k < s.classes; ++k) largest = x[k] > largest ? x[k] : largest;
      for (std::size_t k = 0; k < width; ++k) x[k] = k < s.classes ? x[k] - largest : -kCertain;
      log_norm += static_cast<double>(largest);
    }
    if (gold < s.gold_count && s.gold[gold].task == t) {
      const std::uint32_t answer = s.gold[gold++].answer;
      log_norm += static_cast<double>(x[answer]);
      for (std::size_t k = 0; k < width; ++k) x[k] = k == answer ? at_answer : elsewhere;
    }
    F total = {};
    for (std::size_t k = 0; k < width; k += kStep) {
      const F e = is_model ? exp_nonpositive<kStep>(load<kStep>(x + k)) : load<kStep>(x + k);
      store<kStep>(x + k, e);
      total += e;
    }
    const double whole = sum<kStep>(total);
    normalisers.multiply(whole);
    const float scale = static_cast<float>(1.0 / whole);
    for (std::size_t k = 0; k < width; k += kStep) store<kStep>(x + k, load<kStep>(x + k) * scale);
    for (std::size_t k = 0; k < s.classes; ++k) s.class_sums[k] += static_cast<double>(x[k]);
    for (std::size_t i = first; i < last; ++i) {
      float* const row = s.counts + static_cast<std::size_t>(codes[i]) * width;
      for (std::size_t k = 0; k < width; k += kStep)
        store<kStep>(row + k, load<kStep>(row + k) + load<kStep>(x + k));
    }
  }
  normalisers.settle();
  s.log_norm += log_norm + normalisers.total;
}

inline void flush_counts(float* from, double* to, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    to[i] += static_cast<double>(from[i]);
    from[i] = 0;
  }
}

template <int Lanes, class Code>
constexpr void fill_kernels(EmKernel (&table)[17]) {
  table[0] = pass_any<Lanes, Code>;
  table[1] = nullptr;
  table[2] = pass_two<Lanes, Code>;
  table[3] = pass_small<3, Lanes, Code>;
  table[4] = pass_small<4, Lanes, Code>;
  table[5] = pass_small<5, Lanes, Code>;
  table[6] = pass_small<6, Lanes, Code>;
  table[7] = pass_small<7, Lanes, Code>;
  table[8] = pass_small<8, Lanes, Code>;
  table[9] = pass_small<9, Lanes, Code>;
  table[10] = pass_small<10, Lanes, Code>;
  table[11] = pass_small<11, Lanes, Code>;
  table[12] = pass_small<12, Lanes, Code>;
  table[13] = pass_small<13, Lanes, Code>;
  table[14] = pass_small<14, Lanes, Code>;
  table[15] = pass_small<15, Lanes, Code>;
  table[16] = pass_small<16, Lanes, Code>;
}

template <int Lanes>
constexpr EmKernels make_kernels(const char* name) {
  EmKernels kernels{name, {}, {}, flush_counts};
  fill_kernels<Lanes, std::uint16_t>(kernels.narrow);
  fill_kernels<Lanes, std::uint32_t>(kernels.wide);
  return kernels;
}

}  // namespace
}  // namespace mizan::truth
