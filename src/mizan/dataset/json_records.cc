#include "mizan/dataset/json_records.h"

#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include <boost/json/basic_parser_impl.hpp>

namespace mizan::dataset {
namespace {

using boost::json::error_code;
using std::size_t;
using std::string;
using std::string_view;

constexpr size_t kMaxDepth = 64;
constexpr double kExactIntegers = 9007199254740992.0;  // 2^53

// What the caller sees of the columns and cells of the record at hand.
class Cells {
 public:
  Cells() = default;
  Cells(std::vector<string> names, std::vector<bool> is_wanted)
      : names_(std::move(names)), is_wanted_(std::move(is_wanted)), is_finding_(false) {
    for (size_t i = 0; i < names_.size(); ++i) number_.emplace(names_[i], i);
    texts_.resize(names_.size());
    views_.resize(names_.size());
  }

  void begin_record() {
    next_ = 0;
    for (string& text : texts_) text.clear();
  }

  // Where the text of the scalar at `path` goes; nullptr when nobody wants it. Keys mostly come in the order
  // of the record before.
  string* cell_at(const string& path) {
    if (next_ >= names_.size() || names_[next_] != path) {
      const auto known = number_.find(path);
      if (known == number_.end()) {
        if (is_finding_) add(path);
        return nullptr;
      }
      next_ = known->second;
    }
    const size_t column = next_++;
    if (is_finding_ || !is_wanted_[column]) return nullptr;
    texts_[column].clear();
    return &texts_[column];
  }

  std::span<const string_view> views() {
    for (size_t i = 0; i < texts_.size(); ++i) views_[i] = texts_[i];
    return views_;
  }
  [[nodiscard]] const std::vector<string>& names() const { return names_; }

 private:
  void add(const string& path) {
    number_.emplace(path, names_.size());
    names_.push_back(path);
  }

  std::vector<string> names_;
  std::vector<bool> is_wanted_;
  bool is_finding_ = true;
  std::unordered_map<string, size_t> number_;
  std::vector<string> texts_;
  std::vector<string_view> views_;
  size_t next_ = 0;
};

// Receives the events of the parser.
struct Handler {
  static constexpr size_t max_object_size = static_cast<size_t>(-1);
  static constexpr size_t max_array_size = static_cast<size_t>(-1);
  static constexpr size_t max_key_size = static_cast<size_t>(-1);
  static constexpr size_t max_string_size = static_cast<size_t>(-1);

  Cells cells;
  const JsonRecords::OnRecord* on_record = nullptr;
  size_t record_array_depth = 0;  // 1 when the records stand in an array, else 0
  size_t array_depth = 0;
  string path;
  std::vector<size_t> prefixes;  // of each open object: how much of the path is not its keys
  bool is_in_key = false;
  bool is_in_text = false;
  string* cell = nullptr;
  bool is_stopped = false;
  const char* complaint = nullptr;

  void reset(size_t depth, const JsonRecords::OnRecord& sink) {
    on_record = &sink;
    record_array_depth = depth;
    array_depth = 0;
    path.clear();
    prefixes.clear();
    is_in_key = is_in_text = is_stopped = false;
    complaint = nullptr;
  }

  [[nodiscard]] bool is_inside_record() const {
    return !prefixes.empty() && array_depth == record_array_depth;
  }
  bool refuse(const char* reason, error_code& error) {
    complaint = reason;
    error = boost::json::error::syntax;
    return false;
  }
  // A value outside every object is no record.
  bool scalar_begins(error_code& error) {
    if (prefixes.empty()) return refuse("a record must be an object {…}", error);
    cell = is_inside_record() ? cells.cell_at(path) : nullptr;
    return true;
  }

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code& error) {
    if (array_depth < record_array_depth) return refuse("an array of records was expected", error);
    if (prefixes.empty()) {
      if (array_depth > record_array_depth) return refuse("a record must be an object {…}", error);
      cells.begin_record();
      path.clear();
    } else if (array_depth == record_array_depth) {
      path += '.';
    }
    prefixes.push_back(path.size());
    return true;
  }
  bool on_object_end(size_t, error_code& error) {
    path.resize(prefixes.back());
    prefixes.pop_back();
    if (!prefixes.empty() || (*on_record)(cells.views())) return true;
    is_stopped = true;
    error = boost::json::error::incomplete;
    return false;
  }
  bool on_array_begin(error_code& error) {
    if (prefixes.empty() && array_depth >= record_array_depth)
      return refuse("a record must be an object {…}", error);
    ++array_depth;
    return true;
  }
  bool on_array_end(size_t, error_code&) {
    --array_depth;
    return true;
  }
  bool on_key_part(string_view part, size_t, error_code&) {
    if (!is_in_key) path.resize(prefixes.back());
    is_in_key = true;
    path += part;
    return true;
  }
  bool on_key(string_view part, size_t size, error_code& error) {
    on_key_part(part, size, error);
    is_in_key = false;
    return true;
  }
  bool on_string_part(string_view part, size_t, error_code& error) {
    if (!is_in_text && !scalar_begins(error)) return false;
    is_in_text = true;
    if (cell != nullptr) cell->append(part);
    return true;
  }
  bool on_string(string_view part, size_t size, error_code& error) {
    const bool is_good = on_string_part(part, size, error);
    is_in_text = false;
    return is_good;
  }
  bool on_number_part(string_view part, error_code& error) { return on_string_part(part, 0, error); }
  bool on_int64(std::int64_t, string_view part, error_code& error) { return on_string(part, 0, error); }
  bool on_uint64(std::uint64_t, string_view part, error_code& error) { return on_string(part, 0, error); }
  // 3.0 and 3 are one answer, whoever wrote them.
  bool on_double(double value, string_view part, error_code& error) {
    if (!on_string(part, 0, error)) return false;
    if (cell != nullptr && std::abs(value) < kExactIntegers && std::trunc(value) == value)
      *cell = std::to_string(static_cast<std::int64_t>(value));
    return true;
  }
  bool on_bool(bool value, error_code& error) { return on_string(value ? "true" : "false", 0, error); }
  bool on_null(error_code& error) { return on_string("", 0, error); }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }
};

boost::json::parse_options parse_options() {
  boost::json::parse_options options;
  options.max_depth = kMaxDepth;
  return options;
}

}  // namespace

struct JsonRecords::State {
  boost::json::basic_parser<Handler> parser{parse_options()};

  std::optional<Failure> read(string_view text, size_t depth, const OnRecord& on_record) {
    parser.reset();
    Handler& handler = parser.handler();
    handler.reset(depth, on_record);
    error_code error;
    const size_t read = parser.write_some(false, text.data(), text.size(), error);
    if (handler.is_stopped) return std::nullopt;
    if (error) return Failure{handler.complaint != nullptr ? handler.complaint : error.message(), read};
    if (text.find_first_not_of(" \t\r\n", read) == string_view::npos) return std::nullopt;
    return Failure{"there is text behind the end of the JSON value", read};
  }
};

JsonRecords::JsonRecords() : state_(std::make_unique<State>()) {}
JsonRecords::JsonRecords(std::vector<string> names, std::vector<bool> is_wanted) : JsonRecords() {
  state_->parser.handler().cells = Cells(std::move(names), std::move(is_wanted));
}
JsonRecords::~JsonRecords() = default;
JsonRecords::JsonRecords(JsonRecords&&) noexcept = default;
JsonRecords& JsonRecords::operator=(JsonRecords&&) noexcept = default;

std::optional<JsonRecords::Failure> JsonRecords::read_object(string_view text, const OnRecord& on_record) {
  // Handed over only when nothing is found behind the object.
  const OnRecord wait = [](std::span<const string_view>) { return true; };
  auto failure = state_->read(text, 0, wait);
  if (!failure) on_record(state_->parser.handler().cells.views());
  return failure;
}

std::optional<JsonRecords::Failure> JsonRecords::read_array(string_view text, const OnRecord& on_record) {
  return state_->read(text, 1, on_record);
}

const std::vector<string>& JsonRecords::names() const {
  return state_->parser.handler().cells.names();
}

}  // namespace mizan::dataset
