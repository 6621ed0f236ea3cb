// Answers as their wire form: one text for equal answers.
#include <array>
#include <charconv>

#include "mizan/base/json_writer.h"
#include "mizan/domain/template/answers.h"

namespace mizan::domain {

namespace {

/// Builds one object or array; members are written in the order of the calls.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void text(std::string_view value) { append_json_string(out_, value); }
  void number(double value) {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    out_.append(buffer.data(), end);
  }
  template <class List, class Write>
  void list(const List& elements, const Write& write) {
    out_ += '[';
    bool first = true;
    for (const auto& each : elements) {
      if (!std::exchange(first, false)) out_ += ',';
      write(each);
    }
    out_ += ']';
  }
  void open() { out_ += '{'; }
  void key(std::string_view name) {
    if (out_.back() != '{') out_ += ',';
    append_json_string(out_, name);
    out_ += ':';
  }
  void member(std::string_view name, std::string_view value) { key(name), text(value); }
  void member(std::string_view name, double value) { key(name), number(value); }
  void literal(std::string_view json) { out_ += json; }
  void close() { out_ += '}'; }

  void operator()(const ChoiceAnswer& answer) { text(answer.value); }
  void operator()(const ChoicesAnswer& answer) { texts(answer.values); }
  void operator()(const RatingAnswer& answer) { number(answer.level); }
  void operator()(const NumberAnswer& answer) { number(answer.number); }
  void operator()(const TextAnswer& answer) { text(answer.text); }
  void operator()(const PreferenceAnswer& answer);
  void operator()(const RankingAnswer& answer);
  void operator()(const RubricAnswer& answer);
  void operator()(const SpansAnswer& answer);
  void operator()(const BoxesAnswer& answer);
  void operator()(const ChatAnswer& answer);
  void operator()(const FileAnswer& answer);

 private:
  void texts(const std::vector<std::string>& values) {
    list(values, [this](const std::string& value) { text(value); });
  }

  std::string& out_;
};

void Writer::operator()(const PreferenceAnswer& answer) {
  open();
  member("winner", answer.winner);
  if (answer.strength > 0) member("strength", answer.strength);
  if (!answer.rewrite.empty()) member("rewrite", answer.rewrite);
  close();
}

void Writer::operator()(const RankingAnswer& answer) {
  list(answer.groups, [this](const std::vector<std::string>& group) { texts(group); });
}

void Writer::operator()(const RubricAnswer& answer) {
  open();
  for (const CriterionAnswer& each : answer.criteria) {
    key(each.criterion);
    open();
    member("verdict", each.verdict);
    if (!each.reason.empty()) member("reason", each.reason);
    close();
  }
  close();
}

void Writer::operator()(const SpansAnswer& answer) {
  list(answer.spans, [this](const Span& span) {
    open();
    member("start", span.start);
    member("end", span.end);
    member("label", span.label);
    close();
  });
}

void Writer::operator()(const BoxesAnswer& answer) {
  list(answer.boxes, [this](const Box& box) {
    open();
    member("x", box.x);
    member("y", box.y);
    member("width", box.width);
    member("height", box.height);
    member("label", box.label);
    close();
  });
}

void Writer::operator()(const ChatAnswer& answer) {
  open();
  key("messages");
  list(answer.messages, [this](const ChatMessage& message) {
    open();
    member("role", message.is_from_model ? "assistant" : "user");
    if (!message.model.empty()) member("model", message.model);
    if (message.is_preferred) key("preferred"), literal("true");
    member("content", message.content);
    close();
  });
  close();
}

void Writer::operator()(const FileAnswer& answer) {
  list(answer.files, [this](const AnswerFile& file) {
    open();
    member("name", file.name);
    member("media_type", file.media_type);
    member("size_bytes", static_cast<double>(file.size_bytes));
    if (!file.sha256.empty()) member("sha256", file.sha256);
    member("uri", file.uri);
    close();
  });
}

}  // namespace

std::string to_json(const Template& task_template, const Answers& answers) {
  std::string out;
  Writer writer(out);
  writer.open();
  for (const TemplateQuestion& question : task_template.questions) {
    const Answer* answer = answers.find(question.name);
    if (answer == nullptr) continue;
    writer.key(question.name);
    std::visit(writer, *answer);
  }
  writer.close();
  return out;
}

}  // namespace mizan::domain
