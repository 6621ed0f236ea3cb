#include "mizan/base/error.h"

namespace mizan {

std::string_view error_name(ErrorCode code) {
  switch (code) {
#define MIZAN_ERROR_NAME(code, meaning) \
  case ErrorCode::code:                 \
    return #code;
    MIZAN_ERROR_CODES(MIZAN_ERROR_NAME)
#undef MIZAN_ERROR_NAME
  }
  return "internal";
}

std::string_view error_meaning(ErrorCode code) {
  switch (code) {
#define MIZAN_ERROR_MEANING(code, meaning) \
  case ErrorCode::code:                    \
    return meaning;
    MIZAN_ERROR_CODES(MIZAN_ERROR_MEANING)
#undef MIZAN_ERROR_MEANING
  }
  return "a mistake in Mizan itself";
}

std::string to_string(const Error& error) {
  std::string text;
  if (!error.where.empty()) text += error.where + ": ";
  text += error.message;
  text += " (";
  text += error_name(error.code);
  text += ")";
  if (!error.hint.empty()) text += "\n  hint: " + error.hint;
  return text;
}

}  // namespace mizan
