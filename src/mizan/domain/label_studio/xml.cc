#include "mizan/domain/label_studio/xml.h"

#include <algorithm>
#include <cstdint>

namespace mizan::domain {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == '.' || c == ':';
}

void append_utf8(std::string& out, std::uint32_t c) {
  const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80U | ((c >> shift) & 0x3FU)); };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0U | (c >> 6U));
    tail(0);
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0U | (c >> 12U));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | (c >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

bool append_entity(std::string& out, std::string_view name) {
  constexpr std::pair<std::string_view, char> kNamed[] = {
      {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
  for (const auto& [known, c] : kNamed)
    if (name == known) {
      out += c;
      return true;
    }
  if (!name.starts_with('#') || name.size() > 8) return false;
  const bool is_hex = name.size() > 1 && name[1] == 'x';
  std::uint32_t code = 0;
  const std::string_view digits = name.substr(is_hex ? 2 : 1);
  for (const char c : digits) {
    const std::size_t digit = std::string_view("0123456789abcdef").find(static_cast<char>(c | 0x20));
    if (digit == std::string_view::npos || (!is_hex && digit > 9)) return false;
    code = code * (is_hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
  }
  const bool is_surrogate = code >= 0xD800 && code < 0xE000;
  if (digits.empty() || code == 0 || code > 0x10FFFF || is_surrogate) return false;
  append_utf8(out, code);
  return true;
}

class XmlParser {
 public:
  explicit XmlParser(std::string_view text) : text_(text) {}

  Result<XmlElement> root() {
    take("\xEF\xBB\xBF");
    MIZAN_CHECK_OK(pass_between());
    if (is_at_end()) return wrong("there is no element");
    MIZAN_TRY(auto element, parse_element(1));
    MIZAN_CHECK_OK(pass_between());
    if (!is_at_end()) return wrong("there is more than one outermost element");
    return element;
  }

 private:
  [[nodiscard]] bool is_at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek() const { return is_at_end() ? '\0' : text_[at_]; }

  tl::unexpected<Error> wrong(std::string message) const {
    return fail(ErrorCode::malformed_template, "the XML cannot be read: " + std::move(message),
                "line " + std::to_string(line()));
  }
  [[nodiscard]] std::size_t line() const {
    const auto place = [&](std::size_t at) { return text_.begin() + static_cast<std::ptrdiff_t>(at); };
    const std::size_t until = std::min(at_, text_.size());
    line_ += static_cast<std::size_t>(std::count(place(counted_), place(until), '\n'));
    counted_ = until;
    return line_;
  }

  bool take(std::string_view expected) {
    if (!text_.substr(std::min(at_, text_.size())).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }
  void skip_spaces() {
    while (is_space(peek())) ++at_;
  }
  Result<void> skip_past(std::string_view end, const char* what) {
    const std::size_t found = text_.find(end, at_);
    if (found == std::string_view::npos) return wrong(std::string(what) + " is never closed");
    at_ = found + end.size();
    return {};
  }

  /// Text, comments and instructions up to the next tag.
  Result<void> pass_between() {
    while (!is_at_end()) {
      if (take("<!--")) {
        MIZAN_CHECK_OK(skip_past("-->", "a comment"));
      } else if (take("<![CDATA[")) {
        MIZAN_CHECK_OK(skip_past("]]>", "a CDATA section"));
      } else if (take("<?")) {
        MIZAN_CHECK_OK(skip_past("?>", "an instruction"));
      } else if (text_.substr(at_).starts_with("<!")) {
        return wrong("document types and entities of one's own are not understood");
      } else if (peek() == '<') {
        return {};
      } else {
        ++at_;
      }
    }
    return {};
  }

  Result<std::string> parse_name() {
    const std::size_t begin = at_;
    while (is_name(peek())) ++at_;
    if (begin == at_) return wrong("a name is missing");
    return std::string(text_.substr(begin, at_ - begin));
  }

  Result<std::string> parse_value() {
    const char quote = peek();
    if (quote != '"' && quote != '\'') return wrong("the value of an attribute stands in quotes");
    const std::size_t end = text_.find(quote, ++at_);
    if (end == std::string_view::npos) return wrong("the value of an attribute is never closed");
    std::string value;
    for (; at_ < end; ++at_) {
      const char c = text_[at_];
      if (c == '<') return wrong("a '<' in a value is written &lt;");
      if (c != '&') {
        value += is_space(c) ? ' ' : c;
        continue;
      }
      const std::size_t stop = text_.find(';', at_);
      if (stop == std::string_view::npos || stop > end ||
          !append_entity(value, text_.substr(at_ + 1, stop - at_ - 1)))
        return wrong("an '&' that begins nothing known is written &amp;");
      at_ = stop;
    }
    ++at_;
    return value;
  }

  /// @out whether the element ended with its tag
  Result<bool> parse_attributes(XmlElement& element) {
    while (true) {
      const bool has_space = is_space(peek());
      skip_spaces();
      if (take("/>")) return true;
      if (take(">")) return false;
      if (!has_space || is_at_end()) return wrong("the tag <" + element.name + "> is not closed");
      MIZAN_TRY(auto name, parse_name());
      skip_spaces();
      if (!take("=")) return wrong("the attribute " + name + " has no value");
      skip_spaces();
      MIZAN_TRY(auto value, parse_value());
      if (element.attribute(name) != nullptr) return wrong("the attribute " + name + " is there twice");
      element.attributes.emplace_back(std::move(name), std::move(value));
    }
  }

  Result<XmlElement> parse_element(std::size_t depth) {  // NOLINT(misc-no-recursion): bounded by the depth
    if (depth > kMaxXmlDepth) return wrong("elements stand too deep in each other");
    XmlElement element;
    element.line = line();
    take("<");
    MIZAN_TRY(element.name, parse_name());
    MIZAN_TRY(const bool is_empty, parse_attributes(element));
    if (is_empty) return element;
    while (true) {
      MIZAN_CHECK_OK(pass_between());
      if (is_at_end()) return wrong("<" + element.name + "> is never closed");
      if (take("</")) break;
      MIZAN_TRY(auto child, parse_element(depth + 1));
      element.children.push_back(std::move(child));
    }
    MIZAN_TRY(const auto name, parse_name());
    skip_spaces();
    if (name != element.name || !take(">"))
      return wrong("<" + element.name + "> is closed by </" + name + ">");
    return element;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  // Counted on, not from the start: a place never lies before an earlier one.
  mutable std::size_t line_ = 1;
  mutable std::size_t counted_ = 0;
};

}  // namespace

const std::string* XmlElement::attribute(std::string_view wanted) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const auto& each) { return each.first == wanted; });
  return found == attributes.end() ? nullptr : &found->second;
}

Result<XmlElement> parse_xml(std::string_view text) {
  if (text.size() > kMaxXmlBytes) return fail(ErrorCode::malformed_template, "the XML is larger than 1 MiB");
  return XmlParser(text).root();
}

}  // namespace mizan::domain
