#include "mizan/dataset/write/output_folder.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "mizan/base/assert.h"

namespace mizan::dataset {
namespace {

namespace fs = std::filesystem;

/// The topmost of the folders that are missing on the way to `path`; empty when none is.
fs::path topmost_missing(const fs::path& path) {
  fs::path missing;
  std::error_code ignored;
  for (fs::path at = path; !at.empty() && !fs::exists(at, ignored); at = at.parent_path()) {
    missing = at;
    if (at == at.parent_path()) break;
  }
  return missing;
}

/// Removes the folders from `path` up to `made`, but only empty ones: another program may have written into
/// them meanwhile.
void remove_made(const fs::path& path, const fs::path& made) noexcept {
  if (made.empty()) return;
  std::error_code ignored;
  for (fs::path at = path; at != made.parent_path(); at = at.parent_path()) fs::remove(at, ignored);
}

std::string backup_of(const std::string& staging, const std::string& name) {
  return staging + "/old-" + name;
}
std::string staged_at(const std::string& staging, const std::string& name) {
  return staging + "/new-" + name;
}

/// Renames `staged` to `target`; what was at `target` goes to `backup`. A folder is never replaced.
std::error_code move_into_place(const fs::path& staged, const fs::path& target, const fs::path& backup) {
  std::error_code ignored;
  if (fs::is_directory(target, ignored)) return {EISDIR, std::generic_category()};
  std::error_code error;
  if (fs::exists(fs::symlink_status(target, ignored))) fs::rename(target, backup, error);
  if (!error) fs::rename(staged, target, error);
  return error;
}

}  // namespace

Result<OutputFolder> OutputFolder::prepare(const std::string& path) {
  std::error_code error;
  fs::path folder = fs::absolute(path, error).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();  // "out/" names the same folder as "out"
  const fs::path made = topmost_missing(folder);
  fs::create_directories(folder, error);
  if (error) {
    const int reason = error.value();
    remove_made(folder, made);
    return fail(unwritable(path, reason));
  }
  if (!fs::is_directory(folder, error)) return fail(unwritable(path, ENOTDIR));
  std::string staging = (folder / ".mizan-XXXXXX").string();
  if (::mkdtemp(staging.data()) == nullptr) {
    const int reason = errno;
    remove_made(folder, made);
    return fail(unwritable(path, reason));
  }
  return OutputFolder(folder.string(), made.string(), std::move(staging));
}

OutputFolder::OutputFolder(std::string path, std::string made, std::string staging)
    : path_(std::move(path)), made_(std::move(made)), staging_(std::move(staging)) {}

OutputFolder::OutputFolder(OutputFolder&& other) noexcept
    : path_(std::move(other.path_)),
      made_(std::move(other.made_)),
      staging_(std::exchange(other.staging_, {})),
      names_(std::move(other.names_)) {}

OutputFolder::~OutputFolder() {
  if (staging_.empty()) return;
  std::error_code ignored;
  fs::remove_all(staging_, ignored);
  remove_made(path_, made_);
}

Result<FileSink> OutputFolder::create(std::string_view name) {
  MIZAN_ASSERT(!staging_.empty() && !name.empty() && name.find('/') == std::string_view::npos);
  MIZAN_TRY(FileSink sink,
            FileSink::create(staged_at(staging_, std::string(name)), path_ + "/" + std::string(name)));
  names_.emplace_back(name);
  return sink;
}

Result<void> OutputFolder::write(std::string_view name, std::string_view bytes) {
  MIZAN_TRY(FileSink sink, create(name));
  MIZAN_CHECK_OK(sink.append(bytes));
  return sink.finish();
}

Result<void> OutputFolder::write_table(std::string_view name, const OutputTable& table, TableFormat format,
                                       ThreadPool& pool) {
  MIZAN_TRY(FileSink sink, create(std::string(name) + std::string(extension_of(format))));
  MIZAN_CHECK_OK(append_table(sink, table, format, pool));
  return sink.finish();
}

Result<void> OutputFolder::commit() {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const std::string target = path_ + "/" + names_[i];
    const std::error_code error =
        move_into_place(staged_at(staging_, names_[i]), target, backup_of(staging_, names_[i]));
    if (!error) continue;
    put_back(i + 1);
    return fail(unwritable(target, error.value()));
  }
  std::error_code ignored;
  fs::remove_all(std::exchange(staging_, {}), ignored);
  return {};
}

void OutputFolder::put_back(std::size_t count) noexcept {
  std::error_code ignored;
  for (std::size_t i = count; i-- > 0;) {
    const std::string target = path_ + "/" + names_[i];
    const std::string staged = staged_at(staging_, names_[i]);
    if (!fs::exists(staged, ignored)) fs::rename(target, staged, ignored);
    if (fs::exists(backup_of(staging_, names_[i]), ignored))
      fs::rename(backup_of(staging_, names_[i]), target, ignored);
  }
}

Result<void> write_file(const std::string& path, std::string_view bytes) {
  std::error_code error;
  fs::path target = path;
  if (fs::is_symlink(target, error) && fs::exists(target, error)) target = fs::canonical(target, error);
  if (fs::is_directory(target, error) || !target.has_filename()) return fail(unwritable(path, EISDIR));
  if (fs::exists(target, error) && !fs::is_regular_file(target, error)) {
    MIZAN_TRY(FileSink sink, FileSink::open_device(path));
    MIZAN_CHECK_OK(sink.append(bytes));
    return sink.finish();
  }
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  MIZAN_TRY(OutputFolder output, OutputFolder::prepare(folder.string()));
  MIZAN_CHECK_OK(output.write(target.filename().string(), bytes));
  return output.commit();
}

}  // namespace mizan::dataset
