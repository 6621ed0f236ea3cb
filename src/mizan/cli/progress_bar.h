// A progress bar on standard error for work of over a second; nothing in a pipe.
#pragma once

#include "mizan/base/progress.h"

namespace mizan::cli {

/// Shows the stage, a bar where the total is known, and the seconds gone. Erases itself when it goes out of
/// scope. Calls may come from any thread, one at a time.
class ProgressBar {
 public:
  ProgressBar();
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  [[nodiscard]] const Progress& progress() const { return progress_; }

 private:
  struct State;
  State* state_;
  Progress progress_;
};

}  // namespace mizan::cli
