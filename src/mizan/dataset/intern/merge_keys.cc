#include "mizan/dataset/intern/merge_keys.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "mizan/base/assert.h"

namespace mizan::intern {
namespace {

constexpr std::size_t kKeysPerPartition = 16 << 10;
constexpr std::size_t kMaxPartitions = 512;
constexpr std::size_t kKeysPerBlock = 128 << 10;

struct Record {
  Key key;
  std::uint32_t part;
  std::uint32_t number;  // in its part; once its partition is interned: among the strings of the partition
};

// Consecutive parts that one task scatters.
struct Block {
  std::size_t begin;
  std::size_t end;
};

class Merger {
 public:
  Merger(ThreadPool& pool, std::span<const KeySet* const> sets) : pool_(pool), sets_(sets) {
    for (const KeySet* set : sets) key_count_ += set->size();
    MIZAN_ASSERT(key_count_ < std::numeric_limits<std::uint32_t>::max());
    partition_count_ =
        std::clamp(std::bit_ceil(key_count_ / kKeysPerPartition + 1), std::size_t{1}, kMaxPartitions);
    cut_into_blocks();
  }

  MergedKeys run() {
    scatter();
    intern_partitions();
    spread_numbers();
    return number_by_first_appearance();
  }

 private:
  [[nodiscard]] std::size_t partition_of(const Key& key) const {
    return (hash_of(key) >> 48) & (partition_count_ - 1);
  }

  void cut_into_blocks() {
    std::size_t begin = 0;
    std::size_t keys = 0;
    for (std::size_t part = 0; part < sets_.size(); ++part) {
      keys += sets_[part]->size();
      if (keys < kKeysPerBlock && part + 1 < sets_.size()) continue;
      blocks_.push_back({begin, part + 1});
      begin = part + 1;
      keys = 0;
    }
  }

  // Stable: within a partition the records stand in the order of the parts and of the numbers in them.
  void scatter() {
    std::vector<std::uint32_t> place(blocks_.size() * partition_count_, 0);
    const auto of_block = [&](std::size_t block) { return place.data() + block * partition_count_; };
    pool_.run(blocks_.size(), [&](std::size_t block) {
      visit_keys(block,
                 [&](const Key& key, std::size_t, std::size_t) { ++of_block(block)[partition_of(key)]; });
    });
    partition_begin_.assign(partition_count_ + 1, 0);
    std::uint32_t next = 0;
    for (std::size_t partition = 0; partition < partition_count_; ++partition) {
      partition_begin_[partition] = next;
      for (std::size_t block = 0; block < blocks_.size(); ++block)
        next += std::exchange(of_block(block)[partition], next);
    }
    partition_begin_[partition_count_] = next;
    // Not zeroed: every record is written below, by the thread that has its block.
    records_ = std::make_unique_for_overwrite<Record[]>(key_count_);
    pool_.run(blocks_.size(), [&](std::size_t block) {
      visit_keys(block, [&](const Key& key, std::size_t part, std::size_t number) {
        records_[of_block(block)[partition_of(key)]++] =
            Record{key, static_cast<std::uint32_t>(part), static_cast<std::uint32_t>(number)};
      });
    });
  }

  template <class Visit>
  void visit_keys(std::size_t block, Visit&& visit) const {
    for (std::size_t part = blocks_[block].begin; part < blocks_[block].end; ++part) {
      const std::span<const Key> keys = sets_[part]->keys();
      for (std::size_t i = 0; i < keys.size(); ++i) visit(keys[i], part, i);
    }
  }

  [[nodiscard]] bool equal(const Record& a, const Record& b) const {
    if (a.key.low != b.key.low) return false;
    if (!is_long(b.key)) return a.key.high == b.key.high;
    return is_long(a.key) && sets_[a.part]->long_text(a.key) == sets_[b.part]->long_text(b.key);
  }

  // Afterwards string_of_[r] is the number of record r's string within its partition.
  void intern_partitions() {
    string_of_ = std::make_unique_for_overwrite<std::uint32_t[]>(key_count_);
    string_begin_.assign(partition_count_ + 1, 0);
    pool_.run(partition_count_, [&](std::size_t partition) {
      string_begin_[partition + 1] =
          intern_partition(partition_begin_[partition], partition_begin_[partition + 1]);
    });
    for (std::size_t p = 0; p < partition_count_; ++p) string_begin_[p + 1] += string_begin_[p];
  }

  struct Slot {
    std::uint32_t record_plus_1 = 0;
    std::uint32_t string = 0;
  };

  std::uint32_t intern_partition(std::uint32_t begin, std::uint32_t end) {
    std::vector<Slot> slots(1024);
    std::uint32_t strings = 0;
    for (std::uint32_t r = begin; r < end; ++r) {
      if (2 * (std::size_t{strings} + 1) > slots.size()) grow(slots);
      Slot& slot = slot_of(slots, r);
      if (slot.record_plus_1 == 0) slot = {r + 1, strings++};
      string_of_[r] = slot.string;
    }
    return strings;
  }

  Slot& slot_of(std::vector<Slot>& slots, std::uint32_t record) const {
    const std::size_t mask = slots.size() - 1;
    std::size_t at = hash_of(records_[record].key) & mask;
    while (slots[at].record_plus_1 != 0 && !equal(records_[slots[at].record_plus_1 - 1], records_[record]))
      at = (at + 1) & mask;
    return slots[at];
  }

  void grow(std::vector<Slot>& slots) const {
    std::vector<Slot> old(slots.size() * 4);
    old.swap(slots);
    const std::size_t mask = slots.size() - 1;
    for (const Slot& slot : old) {
      if (slot.record_plus_1 == 0) continue;
      std::size_t at = hash_of(records_[slot.record_plus_1 - 1].key) & mask;
      while (slots[at].record_plus_1 != 0) at = (at + 1) & mask;
      slots[at] = slot;
    }
  }

  // Carries the numbers back to the parts. The first record of a string is its first appearance; it is marked
  // so.
  void spread_numbers() {
    merged_.number.resize(sets_.size());
    is_first_.resize(sets_.size());
    for (std::size_t part = 0; part < sets_.size(); ++part) {
      merged_.number[part].resize(sets_[part]->size());
      is_first_[part].assign(sets_[part]->size(), 0);
    }
    pool_.run(partition_count_, [&](std::size_t partition) {
      std::uint32_t seen = 0;
      for (std::uint32_t r = partition_begin_[partition]; r < partition_begin_[partition + 1]; ++r) {
        const Record& record = records_[r];
        merged_.number[record.part][record.number] = string_begin_[partition] + string_of_[r];
        if (string_of_[r] != seen) continue;
        is_first_[record.part][record.number] = 1;
        ++seen;
      }
    });
    records_.reset();
    string_of_.reset();
  }

  struct Extent {
    std::uint64_t strings = 0;
    std::uint64_t bytes = 0;
  };

  MergedKeys number_by_first_appearance() {
    const std::vector<Extent> begin = extents();
    const Extent total = begin.back();
    std::string bytes(total.bytes, '\0');
    std::vector<std::uint64_t> offsets(total.strings + 1);
    std::vector<std::uint32_t> number_of_string(total.strings);
    pool_.run(sets_.size(), [&](std::size_t part) {
      Extent at = begin[part];
      for (std::size_t i = 0; i < is_first_[part].size(); ++i) {
        if (is_first_[part][i] == 0) continue;
        const std::string_view text = sets_[part]->text(i);
        if (!text.empty()) std::memcpy(bytes.data() + at.bytes, text.data(), text.size());
        at.bytes += text.size();
        number_of_string[merged_.number[part][i]] = static_cast<std::uint32_t>(at.strings++);
        offsets[at.strings] = at.bytes;
      }
    });
    pool_.run(sets_.size(), [&](std::size_t part) {
      for (std::uint32_t& number : merged_.number[part]) number = number_of_string[number];
    });
    merged_.dictionary = domain::Dictionary::of_distinct(std::move(bytes), std::move(offsets));
    return std::move(merged_);
  }

  // How many strings and bytes the first appearances before each part make, and at the end in all.
  std::vector<Extent> extents() {
    std::vector<Extent> begin(sets_.size() + 1);
    pool_.run(sets_.size(), [&](std::size_t part) {
      for (std::size_t i = 0; i < is_first_[part].size(); ++i) {
        if (is_first_[part][i] == 0) continue;
        ++begin[part + 1].strings;
        begin[part + 1].bytes += sets_[part]->text(i).size();
      }
    });
    for (std::size_t part = 0; part < sets_.size(); ++part) {
      begin[part + 1].strings += begin[part].strings;
      begin[part + 1].bytes += begin[part].bytes;
    }
    return begin;
  }

  ThreadPool& pool_;
  std::span<const KeySet* const> sets_;
  std::size_t key_count_ = 0;
  std::size_t partition_count_ = 1;
  std::vector<Block> blocks_;
  std::unique_ptr<Record[]> records_;
  std::unique_ptr<std::uint32_t[]> string_of_;
  std::vector<std::uint32_t> partition_begin_;  // [partitions+1] where each partition's records begin
  std::vector<std::uint32_t> string_begin_;     // [partitions+1] the same of its strings
  std::vector<std::vector<std::uint8_t>> is_first_;
  MergedKeys merged_;
};

}  // namespace

MergedKeys merge_keys(ThreadPool& pool, std::span<const KeySet* const> sets) {
  return Merger(pool, sets).run();
}

}  // namespace mizan::intern
