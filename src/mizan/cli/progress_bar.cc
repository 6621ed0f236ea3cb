#include "mizan/cli/progress_bar.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <string>

#include <fmt/format.h>

#include "mizan/cli/terminal.h"

namespace mizan::cli {

using SteadyClock = std::chrono::steady_clock;

struct ProgressBar::State {
  std::mutex mutex;
  Terminal terminal = Terminal::of(stderr);
  SteadyClock::time_point start = SteadyClock::now();
  SteadyClock::time_point last_drawn{};
  bool is_drawn = false;

  void show(std::string_view stage, std::uint64_t done, std::uint64_t total) {
    constexpr auto kQuiet = std::chrono::seconds(1);
    constexpr auto kBetween = std::chrono::milliseconds(100);
    const std::scoped_lock lock(mutex);
    const auto now = SteadyClock::now();
    if (!terminal.is_terminal || now - start < kQuiet || now - last_drawn < kBetween) return;
    last_drawn = now;
    is_drawn = true;
    std::string line = fmt::format("{:<28} ", fitted(stage, 28));
    if (total > 0) {
      constexpr std::size_t kCells = 24;
      const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
      const auto full = static_cast<std::size_t>(share * kCells);
      for (std::size_t cell = 0; cell < kCells; ++cell) line += cell < full ? "█" : "░";
      line += fmt::format(" {:3.0f} %", 100 * share);
    }
    line += fmt::format("  {:.0f} s", std::chrono::duration<double>(now - start).count());
    fmt::print(stderr, "\r\x1b[K{}", terminal.styled(line, Style::dim));
    std::fflush(stderr);
  }

  void erase() {
    if (is_drawn) fmt::print(stderr, "\r\x1b[K");
    std::fflush(stderr);
  }
};

ProgressBar::ProgressBar() : state_(new State) {
  progress_.report = [state = state_](std::string_view stage, std::uint64_t done, std::uint64_t total) {
    state->show(stage, done, total);
  };
}

ProgressBar::~ProgressBar() {
  state_->erase();
  delete state_;
}

}  // namespace mizan::cli
