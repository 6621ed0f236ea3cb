#include "mizan/dataset/tasks/task_json.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

namespace mizan::dataset {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxExternalId = 500;
constexpr std::int64_t kMaxPriority = 1'000'000;

struct RawMember {
  std::string_view key;    ///< without its quotes, escapes as they stand
  std::string_view value;  ///< its text
};

/// Finds the ends of members in text that is known to be a valid object.
class MemberScanner {
 public:
  explicit MemberScanner(std::string_view text) : text_(text) { at_ = text_.find('{') + 1; }

  bool next(RawMember& member) {
    skip_spaces();
    if (at_ >= text_.size() || text_[at_] == '}') return false;
    if (text_[at_] == ',') {
      ++at_;
      skip_spaces();
    }
    const std::size_t key = at_;
    skip_string();
    member.key = text_.substr(key + 1, at_ - key - 2);
    at_ = text_.find(':', at_) + 1;
    skip_spaces();
    const std::size_t value = at_;
    skip_value();
    member.value = text_.substr(value, at_ - value);
    return true;
  }

 private:
  void skip_spaces() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
      ++at_;
  }
  void skip_string() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_)
      if (text_[at_] == '\\') ++at_;
    ++at_;
  }
  void skip_value() {
    int depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        skip_string();
        if (depth == 0) return;
        continue;
      }
      if (depth == 0 && (c == ',' || c == '}' || c == ' ' || c == '\n' || c == '\r' || c == '\t')) return;
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && --depth == 0) {
        ++at_;
        return;
      }
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_;
};

bool is_task_member(std::string_view name) {
  return std::find(kTaskMembers.begin(), kTaskMembers.end(), name) != kTaskMembers.end();
}

std::string_view view(const json::string& text) {
  return {text.data(), text.size()};
}

// PostgreSQL stores no text with NUL.
bool has_nul(std::string_view text) {
  return text.find('\0') != std::string_view::npos;
}

/// Reads the members of one row; the first that is wrong ends it.
class RowReader {
 public:
  RowReader(std::string_view text, std::uint64_t line) : text_(text) { task_.line = line; }

  /// `row` keeps the members that belong to the payload; `meta` gets the others.
  Result<void> read(json::value& whole, json::object& meta) {
    json::object& row = whole.get_object();
    MIZAN_CHECK_OK(cut_members());
    for (const std::string_view name : kTaskMembers) {
      auto* value = row.if_contains(name);
      if (value == nullptr) continue;
      meta.emplace(name, std::move(*value));
      row.erase(name);
    }
    MIZAN_CHECK_OK(read_meta(meta));
    return read_payload(whole, meta);
  }

  [[nodiscard]] const TaskRecord& task() const { return task_; }

 private:
  Result<void> read_meta(const json::object& row) {
    MIZAN_CHECK_OK(read_external_id(row));
    MIZAN_CHECK_OK(read_whole(row, "priority", task_.priority));
    MIZAN_CHECK_OK(read_text(row, "domain", task_.domain));
    MIZAN_CHECK_OK(read_text(row, "language", task_.language));
    MIZAN_CHECK_OK(read_text(row, "batch", task_.batch));
    MIZAN_CHECK_OK(read_gold(row));
    if (const auto* value = row.if_contains("pre_annotation"); value != nullptr && !value->is_null())
      task_.pre_annotation = value;
    return {};
  }

  static tl::unexpected<Error> bad(std::string_view member, std::string message, std::string hint = {}) {
    return fail(ErrorCode::unusable_row, std::move(message), "/" + std::string(member), std::move(hint));
  }

  Result<void> cut_members() {
    MemberScanner scanner(text_);
    for (RawMember member; scanner.next(member);) {
      const bool is_there = std::any_of(members_.begin(), members_.end(),
                                        [&](const RawMember& other) { return other.key == member.key; });
      if (is_there) return bad(member.key, "the member is there twice");
      members_.push_back(member);
    }
    return {};
  }

  [[nodiscard]] std::string_view raw(std::string_view name) const {
    for (const RawMember& member : members_)
      if (member.key == name) return member.value;
    return {};
  }

  Result<void> read_external_id(const json::object& row) {
    const auto* value = row.if_contains("external_id");
    if (value == nullptr || value->is_null())
      return bad("external_id", "the row has no external_id", "give every task an id of your own");
    if (value->is_number()) {
      task_.external_id = raw("external_id");
    } else if (const auto* text = value->if_string()) {
      task_.external_id = view(*text);
    }
    if (task_.external_id.empty() || task_.external_id.size() > kMaxExternalId || has_nul(task_.external_id))
      return bad("external_id", "external_id must be a text of 1 to 500 bytes, without NUL");
    return {};
  }

  static Result<void> read_text(const json::object& row, std::string_view name, std::string_view& out) {
    const auto* value = row.if_contains(name);
    if (value == nullptr || value->is_null()) return {};
    const auto* text = value->if_string();
    if (text == nullptr || text->size() > 200 || has_nul(view(*text)))
      return bad(name, std::string(name) + " must be a text of at most 200 bytes");
    out = view(*text);
    return {};
  }

  static Result<void> read_whole(const json::object& row, std::string_view name, std::int64_t& out) {
    const auto* value = row.if_contains(name);
    if (value == nullptr || value->is_null()) return {};
    const auto* number = value->if_int64();
    if (number == nullptr || *number < 0 || *number > kMaxPriority)
      return bad(name, std::string(name) + " must be a whole number from 0 to 1000000");
    out = *number;
    return {};
  }

  Result<void> read_gold(const json::object& row) {
    const auto* value = row.if_contains("gold");
    if (value == nullptr || value->is_null()) return {};
    const auto* gold = value->if_object();
    if (gold == nullptr)
      return bad("gold", "gold must be an object",
                 "{\"answers\": {\"<question>\": …}, \"explanation\": \"…\"}");
    for (const auto& member : *gold) {
      const std::string_view key = member.key();
      if (key != "answers" && key != "explanation" && key != "concept" && key != "difficulty")
        return bad("gold/" + std::string(key), "gold has no such member",
                   "answers, explanation, concept, difficulty");
    }
    task_.gold_answers = gold->if_contains("answers");
    if (task_.gold_answers == nullptr) return bad("gold", "gold has no answers");
    MIZAN_CHECK_OK(read_text_of_any_length(*gold, "explanation", task_.explanation));
    MIZAN_CHECK_OK(read_text(*gold, "concept", task_.concept_name));
    return read_whole(*gold, "difficulty", task_.difficulty);
  }

  static Result<void> read_text_of_any_length(const json::object& row, std::string_view name,
                                              std::string_view& out) {
    const auto* value = row.if_contains(name);
    if (value == nullptr || value->is_null()) return {};
    if (!value->is_string() || has_nul(view(value->get_string())))
      return bad("gold/" + std::string(name), std::string(name) + " must be a text");
    out = view(value->get_string());
    return {};
  }

  Result<void> read_payload(const json::value& whole, const json::object& meta) {
    const json::object& row = whole.get_object();
    if (const auto* value = meta.if_contains("payload")) {
      if (!value->is_object()) return bad("payload", "the payload must be an object");
      if (!row.empty())
        return bad(std::string_view(row.begin()->key()), "there is a payload, so this member has no meaning",
                   "put it into the payload, or leave the payload out: then the other members are it");
      task_.payload = value;
      task_.payload_text = raw("payload");
      return {};
    }
    if (row.empty())
      return bad("payload", "the row has no payload", "put what is to be labelled into \"payload\"");
    built_payload_ = "{";
    for (const RawMember& member : members_) {
      if (is_task_member(member.key)) continue;
      if (built_payload_.size() > 1) built_payload_ += ',';
      built_payload_.append("\"").append(member.key).append("\":").append(member.value);
    }
    built_payload_ += '}';
    task_.payload = &whole;
    task_.payload_text = built_payload_;
    return {};
  }

  std::string_view text_;
  TaskRecord task_{};
  std::vector<RawMember> members_{};
  std::string built_payload_{};
};

}  // namespace

void read_task_json(std::string_view text, std::uint64_t line, TaskSink& sink) {
  std::array<unsigned char, 16 << 10>
      room;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled by the parser
  json::monotonic_resource memory(room.data(), room.size());
  json::error_code error;
  auto value = json::parse({text.data(), text.size()}, error, &memory);
  if (error)
    return sink.on_bad_row(line,
                           {ErrorCode::malformed_json, "the line is not JSON: " + error.message(), "/", {}});
  if (!value.is_object())
    return sink.on_bad_row(
        line, {ErrorCode::malformed_json, "the line is not a JSON object", "/", "one object a line"});
  RowReader reader(text, line);
  json::object meta(&memory);
  const auto read = reader.read(value, meta);
  if (!read) return sink.on_bad_row(line, read.error());
  sink.on_task(reader.task());
}

}  // namespace mizan::dataset
