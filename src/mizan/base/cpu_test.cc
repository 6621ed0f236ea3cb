#include "mizan/base/cpu.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace mizan {
namespace {

TEST(Cpu, the_best_level_is_taken_unless_another_is_named) {
  const std::vector<CpuLevel> available{CpuLevel::plain, CpuLevel::avx2, CpuLevel::avx512};
  EXPECT_EQ(choose_cpu_level(available, ""), CpuLevel::avx512);
  EXPECT_EQ(choose_cpu_level(available, "avx2"), CpuLevel::avx2);
  EXPECT_EQ(choose_cpu_level(available, "plain"), CpuLevel::plain);
}

TEST(Cpu, a_level_the_machine_lacks_or_nobody_knows_is_not_heeded) {
  const std::vector<CpuLevel> available{CpuLevel::plain, CpuLevel::avx2};
  EXPECT_EQ(choose_cpu_level(available, "avx512"), CpuLevel::avx2);
  EXPECT_EQ(choose_cpu_level(available, "fastest"), CpuLevel::avx2);
}

TEST(Cpu, every_machine_runs_the_plain_level_and_its_own_choice) {
  const auto available = available_cpu_levels();
  ASSERT_FALSE(available.empty());
  EXPECT_EQ(available.front(), CpuLevel::plain);
  EXPECT_NE(std::find(available.begin(), available.end(), cpu_level()), available.end());
}

}  // namespace
}  // namespace mizan
