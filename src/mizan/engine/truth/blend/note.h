// What a method has to say beside its numbers: a code of the message catalogue and its arguments. The text is
// the caller's business.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "mizan/engine/truth/label_matrix.h"

namespace mizan::truth {

/// A number, a code or name, or classes by index (whose names the caller knows).
using NoteValue = std::variant<double, std::string, std::vector<ClassIndex>>;

struct Note {
  std::string code;
  std::vector<std::pair<std::string, NoteValue>> args{};
};

}  // namespace mizan::truth
