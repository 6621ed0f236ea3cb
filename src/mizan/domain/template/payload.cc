// What a template needs of a task's payload.
#include <algorithm>
#include <functional>
#include <set>

#include "mizan/domain/template/object_reader.h"
#include "mizan/domain/template/template.h"

namespace mizan::domain {

namespace {

/// What a path must lead to.
enum class Shape : std::uint8_t { scalar, text, list, any };

struct Need {
  std::string path;
  Shape shape;
  bool is_optional;
};

Shape shape_of(BlockKind kind) {
  if (kind == BlockKind::chat || kind == BlockKind::table) return Shape::list;
  return kind == BlockKind::text || kind == BlockKind::markdown ? Shape::scalar : Shape::text;
}

void collect(const DisplayBlock& block, std::vector<Need>& out) {
  if (block.kind != BlockKind::side_by_side && block.content.empty())
    out.push_back({block.path, shape_of(block.kind), block.is_optional});
  for (const DisplayBlock& inner : block.blocks) collect(inner, out);
}

void collect(const TemplateQuestion& question, std::vector<Need>& out) {
  if (const auto* preference = std::get_if<PreferenceQuestion>(&question.body)) {
    out.push_back({preference->path_a, Shape::any, preference->path_a.empty()});
    out.push_back({preference->path_b, Shape::any, preference->path_b.empty()});
  } else if (const auto* ranking = std::get_if<RankingQuestion>(&question.body)) {
    for (const Option& option : ranking->options)
      out.push_back({option.path, Shape::any, option.path.empty()});
  } else if (const auto* spans = std::get_if<SpansQuestion>(&question.body)) {
    out.push_back({spans->path, Shape::text, false});
  } else if (const auto* boxes = std::get_if<BoxesQuestion>(&question.body)) {
    out.push_back({boxes->path, Shape::text, false});
  }
}

std::vector<Need> needs_of(const Template& task_template) {
  std::vector<Need> out;
  for (const DisplayBlock& block : task_template.display) collect(block, out);
  for (const TemplateQuestion& question : task_template.questions) collect(question, out);
  return out;
}

bool fits(const boost::json::value& value, Shape shape) {
  switch (shape) {
    case Shape::any:
      return true;
    case Shape::list:
      return value.is_array();
    case Shape::text:
      return value.is_string();
    case Shape::scalar:
      return !value.is_array() && !value.is_object();
  }
  return false;
}

std::string_view shape_name(Shape shape) {
  return shape == Shape::list ? "an array" : shape == Shape::text ? "a text" : "a text or a number";
}

std::string unescaped(std::string_view part) {
  std::string out;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (part[i] == '~' && i + 1 < part.size()) {
      out += part[++i] == '1' ? '/' : '~';
    } else {
      out += part[i];
    }
  }
  return out;
}

/// The first part of a JSON pointer, unescaped.
std::string first_part(std::string_view pointer) {
  const std::size_t end = pointer.find('/', 1);
  return unescaped(pointer.substr(1, end == std::string_view::npos ? end : end - 1));
}

}  // namespace

Result<void> check_payload(const Template& task_template, const boost::json::value& payload) {
  if (!payload.is_object())
    return fail(ErrorCode::bad_payload, "the payload is not an object but " + std::string(kind_of(payload)),
                "/");
  for (const Need& need : needs_of(task_template)) {
    boost::json::error_code error;
    const auto* value = payload.find_pointer(need.path, error);
    const bool is_there = value != nullptr && !value->is_null();
    if (!is_there && !need.is_optional)
      return fail(ErrorCode::bad_payload,
                  "the template shows " + quoted(need.path) + ", which the payload lacks", need.path);
    if (is_there && !fits(*value, need.shape))
      return fail(ErrorCode::bad_payload,
                  "the template needs " + std::string(shape_name(need.shape)) + " here, not " +
                      std::string(kind_of(*value)),
                  need.path);
  }
  return {};
}

std::vector<std::string> payload_fields(const Template& task_template) {
  std::set<std::string> out;
  for (const Need& need : needs_of(task_template))
    if (need.path.size() > 1) out.insert(first_part(need.path));
  return {out.begin(), out.end()};
}

}  // namespace mizan::domain
