// Files that appear together or not at all.
//
//   MIZAN_TRY(auto folder, OutputFolder::prepare("results"));
//   MIZAN_CHECK_OK(folder.write("report.json", text));
//   MIZAN_CHECK_OK(folder.write_table("consensus", table, TableFormat::csv));
//   MIZAN_CHECK_OK(folder.commit());
//
// Until commit() everything lies in a hidden folder beside the target; commit() renames the files into place
// and, if one rename fails, puts back what was there before. Without commit() nothing is left behind, not
// even a folder that prepare() had to make. What a power cut does is up to the file system: files are not
// flushed to the disk one by one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mizan/base/parallel.h"
#include "mizan/base/result.h"
#include "mizan/dataset/write/file_sink.h"
#include "mizan/dataset/write/table.h"

namespace mizan::dataset {

/// Not thread-safe.
class OutputFolder {
 public:
  /// Makes the folder, and those above it, where they are missing.
  /// @errors file_unwritable: no permission, full disk, a part of the path is a file
  [[nodiscard]] static Result<OutputFolder> prepare(const std::string& path);

  OutputFolder(OutputFolder&& other) noexcept;
  OutputFolder& operator=(OutputFolder&& other) = delete;
  ~OutputFolder();

  /// A file of the set, to be written piece by piece; the caller finishes it before commit().
  /// @in name  the file's name in the folder, without a slash; each name once
  [[nodiscard]] Result<FileSink> create(std::string_view name);
  [[nodiscard]] Result<void> write(std::string_view name, std::string_view bytes);
  /// Writes `name`.csv or `name`.parquet.
  [[nodiscard]] Result<void> write_table(std::string_view name, const OutputTable& table, TableFormat format,
                                         ThreadPool& pool);

  /// Puts every file in its place, replacing files of the same names; call it once, last.
  [[nodiscard]] Result<void> commit();

 private:
  OutputFolder(std::string path, std::string made, std::string staging);
  void put_back(std::size_t count) noexcept;

  std::string path_;
  std::string made_;     // the topmost folder that prepare() made, or empty
  std::string staging_;  // empty once committed or moved from
  std::vector<std::string> names_{};
};

/// One file, whole or not at all. A pipe or device that exists is written directly; a link is followed.
/// @errors file_unwritable
[[nodiscard]] Result<void> write_file(const std::string& path, std::string_view bytes);

}  // namespace mizan::dataset
