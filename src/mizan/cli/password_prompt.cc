#include "mizan/cli/password_prompt.h"

#include <iostream>

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

namespace mizan::cli {
namespace {

// The terminal shows nothing that is typed, as long as this lives.
class NoEcho {
 public:
  NoEcho() : is_terminal_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_terminal_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~NoEcho() {
    if (is_terminal_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;

 private:
  termios before_{};
  bool is_terminal_;
};

Result<std::string> line() {
  std::string text;
  if (!std::getline(std::cin, text) || text.empty())
    return fail(ErrorCode::invalid_argument, "no password was given", "standard input",
                "type one, or send one line");
  return text;
}

}  // namespace

Result<std::string> ask_password() {
  if (isatty(STDIN_FILENO) == 0) return line();
  const NoEcho quiet;
  fmt::print(stderr, "New password: ");
  MIZAN_TRY(auto first, line());
  fmt::print(stderr, "\nThe same again: ");
  MIZAN_TRY(const auto second, line());
  fmt::print(stderr, "\n");
  if (first != second) return fail(ErrorCode::invalid_argument, "the two passwords differ");
  return first;
}

}  // namespace mizan::cli
