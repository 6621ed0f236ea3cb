// JSON objects as rows: each scalar of an object is a cell whose column is its key, or its dotted path where
// objects are nested ("meta.worker.id"). Arrays inside a record are passed over.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mizan::dataset {

/// Reads records by events, without building a tree. Not thread-safe; one for each thread.
class JsonRecords {
 public:
  /// Gets the cells of a record by column; a cell that is not there, or null, is empty. Views are valid
  /// during the call. false = stop reading.
  using OnRecord = std::function<bool(std::span<const std::string_view> cells)>;

  /// Finds columns: every path that is met becomes one; cells are not kept.
  JsonRecords();
  /// Reads the columns that are wanted; is_wanted has the size of names.
  JsonRecords(std::vector<std::string> names, std::vector<bool> is_wanted);
  ~JsonRecords();
  JsonRecords(JsonRecords&&) noexcept;
  JsonRecords& operator=(JsonRecords&&) noexcept;

  struct Failure {
    std::string reason;
    std::size_t position;  ///< bytes into the text
  };
  /// One object: `text` is nothing but it. Nothing if it could be read.
  [[nodiscard]] std::optional<Failure> read_object(std::string_view text, const OnRecord& on_record);
  /// An array of objects.
  [[nodiscard]] std::optional<Failure> read_array(std::string_view text, const OnRecord& on_record);

  /// The columns, in order of first appearance.
  [[nodiscard]] const std::vector<std::string>& names() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mizan::dataset
