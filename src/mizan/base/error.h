// The one error type of Mizan: a closed set of stable codes, a sentence, a place, a hint.
//
// A code's spelling (error_name) is a promise: it appears in JSON output, in exit messages and in
// docs/errors/, and is never renamed. Add a code by adding one line to MIZAN_ERROR_CODES and one section to
// docs/errors/README.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mizan {

// X(code, what it means in one phrase)
#define MIZAN_ERROR_CODES(X)                                                            \
  X(invalid_argument, "a value that the caller passed makes no sense")                  \
  X(not_found, "the thing that was named does not exist")                               \
  X(file_not_found, "the file does not exist")                                          \
  X(file_unreadable, "the file exists but cannot be read")                              \
  X(file_unwritable, "the output cannot be written")                                    \
  X(unsupported_format, "the format of the file is not known")                          \
  X(empty_input, "there is no data in the input")                                       \
  X(not_utf8, "the text is not valid UTF-8")                                            \
  X(malformed_csv, "the CSV or TSV text breaks the rules of its format")                \
  X(malformed_json, "the JSON text breaks the rules of its format")                     \
  X(malformed_parquet, "the Parquet or Arrow file is damaged")                          \
  X(malformed_compression, "the compressed stream is damaged or cut short")             \
  X(missing_column, "a column that is needed is not there")                             \
  X(ambiguous_column, "several columns fit one role")                                   \
  X(duplicate_column, "two columns have the same name")                                 \
  X(unusable_row, "a row lacks a task, an annotator or a label, or has a bad value")    \
  X(no_usable_rows, "not one row could be used")                                        \
  X(too_few_classes, "fewer than two classes: there is nothing to infer")               \
  X(too_many_classes, "more classes than a choice question can have")                   \
  X(bad_number, "the text is not a number in the range that is needed")                 \
  X(bad_gold, "the gold answers do not fit the labels")                                 \
  X(bad_suppliers, "the file of suppliers does not fit the labels")                     \
  X(cannot_be_known, "the data do not determine the answer")                            \
  X(cancelled, "the work was cancelled")                                                \
  X(conflict, "what was asked for collides with something that exists")                 \
  X(illegal_transition, "the thing is in a state from which this step is not possible") \
  X(precondition_failed, "the thing was changed since it was read")                     \
  X(precondition_required, "an edit must say which version it edits")                   \
  X(idempotency_key_reused, "the same Idempotency-Key came with another request")       \
  X(malformed_id, "the text is not an id of this kind")                                 \
  X(malformed_template, "the template breaks the rules of its format")                  \
  X(bad_answer, "the answers do not fit the questions of the template")                 \
  X(bad_payload, "the payload lacks what the template shows")                           \
  X(assignment_not_live, "the assignment is no longer this annotator's to answer")      \
  X(not_eligible, "the annotator may not work on this")                                 \
  X(not_authenticated, "nobody is signed in, or the key is not valid")                  \
  X(forbidden, "who is signed in may not do this")                                      \
  X(csrf_token_wrong, "the request does not carry the session's CSRF token")            \
  X(weak_password, "the password is too easy to guess")                                 \
  X(link_expired, "the invitation or set-up link was used or is too old")               \
  X(rate_limited, "too many requests in a short time")                                  \
  X(overloaded, "the server has more work than it can take now")                        \
  X(body_too_large, "the request's body is larger than allowed")                        \
  X(headers_too_large, "the request's headers are larger than allowed")                 \
  X(malformed_request, "the bytes are not an HTTP request that can be understood")      \
  X(request_timeout, "the request did not arrive in time")                              \
  X(method_not_allowed, "the address exists, but not for this method")                  \
  X(unsupported_media_type, "the body is of a kind that this address does not take")    \
  X(database_unavailable, "the database cannot be reached or does not answer")          \
  X(database_full, "the disk of the database is full")                                  \
  X(database_corrupt, "the database is damaged")                                        \
  X(schema_too_new, "the database was made by a newer Mizan")                           \
  X(schema_too_old, "the database must be migrated first")                              \
  X(serialisation_failure, "concurrent changes collided more often than is retried")    \
  X(internal, "a mistake in Mizan itself")

enum class ErrorCode : std::uint16_t {
#define MIZAN_ERROR_ENUM(code, meaning) code,
  MIZAN_ERROR_CODES(MIZAN_ERROR_ENUM)
#undef MIZAN_ERROR_ENUM
};

/// What went wrong, where, and what to do about it. Every field is for a person; `code` is for a program.
struct [[nodiscard]] Error {
  ErrorCode code;
  std::string message;  ///< one sentence: what is wrong, with the offending value
  std::string where{};  ///< file, line and column, or the flag; empty when there is no place
  std::string hint{};   ///< what to do now; empty when nothing sensible can be said
};

/// The stable spelling of a code, e.g. "malformed_csv".
[[nodiscard]] std::string_view error_name(ErrorCode code);
/// One phrase that says what a code means.
[[nodiscard]] std::string_view error_meaning(ErrorCode code);
/// "where: message (code)\n  hint" on one or two lines, for terminals and logs.
[[nodiscard]] std::string to_string(const Error& error);

}  // namespace mizan
