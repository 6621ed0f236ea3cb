// Answers that were asked for before they are needed: what is asked together travels together.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mizan/store/postgres/postgres_link.h"
#include "mizan/store/postgres/postgres_params.h"

namespace mizan::store {

/// Not thread-safe. Of one transaction: each answer is given out once, to the first that asks the very same.
class ForeseenAnswers {
 public:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  /// @out the place where the answer is to be kept
  std::size_t expect(std::string_view query, const PostgresParams& params);
  void keep(std::size_t place, PostgresResult answer) { asked_[place].answer = std::move(answer); }

  /// The place of a statement that was foreseen and not given out yet; kNone if there is none.
  [[nodiscard]] std::size_t find(std::string_view query, const PostgresParams& params) const;
  /// Gives it out, once and for all; null if it did not come yet.
  [[nodiscard]] PostgresResult take(std::size_t place);
  [[nodiscard]] bool has_come(std::size_t place) const { return asked_[place].answer != nullptr; }

  [[nodiscard]] bool empty() const { return asked_.empty(); }
  void clear() { asked_.clear(); }

 private:
  struct Asked {
    std::string question;  ///< name and parameters; empty once it was given out
    PostgresResult answer;
  };
  std::vector<Asked> asked_;
};

}  // namespace mizan::store
