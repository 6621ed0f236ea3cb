#include "mizan/domain/label_studio/from_label_studio.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "mizan/domain/label_studio/tag_reader.h"
#include "mizan/domain/template/template.h"

namespace mizan::domain {
namespace {

namespace json = boost::json;

/// A tag that shows something, by its name: what controls are tied to.
struct Shown {
  std::string tag;
  std::string path;
};

/// Tags that only arrange others.
constexpr std::array<std::string_view, 4> kFrames{"View", "Collapse", "Panel", "Column"};
/// Tags that only change how the screen looks or is used.
constexpr std::array<std::string_view, 3> kLooks{"Style", "Filter", "Shortcut"};

struct Display {
  std::string_view tag;
  std::string_view type;
};
constexpr std::array<Display, 11> kDisplays{{{"Text", "text"},
                                             {"HyperText", "html"},
                                             {"Markdown", "markdown"},
                                             {"Image", "image"},
                                             {"Audio", "audio"},
                                             {"AudioPlus", "audio"},
                                             {"Video", "video"},
                                             {"PDF", "pdf"},
                                             {"Pdf", "pdf"},
                                             {"Table", "table"},
                                             {"Chat", "chat"}}};

template <class List>
bool holds(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// As docs/formats/template.md has it.
bool is_question_name(std::string_view name) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  constexpr std::string_view kAll = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  return name.find_first_of(kLetters) == 0 && name.find_first_not_of(kAll) == std::string_view::npos;
}

class Converter {
 public:
  Result<ConvertedTemplate> convert(const XmlElement& root) {
    MIZAN_CHECK_OK(collect_shown(root));
    MIZAN_CHECK_OK(walk(root, {}));
    const std::string document =
        json::serialize(json::object{{"display", std::move(display_)}, {"questions", std::move(questions_)}});
    MIZAN_CHECK_OK(parse_template(document));
    return ConvertedTemplate{.document = document, .notes = std::move(notes_)};
  }

 private:
  /// A control may stand before what it is tied to.
  Result<void> collect_shown(const XmlElement& element) {  // NOLINT(misc-no-recursion): bounded by parse_xml
    const auto known = std::find_if(kDisplays.begin(), kDisplays.end(),
                                    [&](const Display& each) { return each.tag == element.name; });
    const std::string* name = element.attribute("name");
    if (known != kDisplays.end() && name != nullptr && element.attribute("value") != nullptr) {
      const std::string& value = *element.attribute("value");
      if (value.starts_with('$')) {
        TagReader tag(element);
        MIZAN_TRY(auto path, tag.path("value"));
        shown_[*name] = {element.name, std::move(path)};
      }
    }
    for (const XmlElement& child : element.children) MIZAN_CHECK_OK(collect_shown(child));
    return {};
  }

  Result<void> walk(const XmlElement& element,  // NOLINT(misc-no-recursion): bounded by parse_xml
                    const std::optional<json::value>& condition) {
    TagReader tag(element);
    if (holds(kLooks, element.name)) return {};
    if (!holds(kFrames, element.name)) {
      MIZAN_CHECK_OK(convert_tag(tag, condition));
      tag.note_rest(notes_);
      return {};
    }
    tag.pass_over({"style", "className", "classname", "idAttr", "display", "value", "open", "bordered",
                   "accordion", "width"});
    MIZAN_TRY(auto own, condition_of(tag));
    tag.note_rest(notes_);
    const auto both = joined(condition, std::move(own));
    for (const XmlElement& child : element.children) MIZAN_CHECK_OK(walk(child, both));
    return {};
  }

  static std::optional<json::value> joined(const std::optional<json::value>& outer,
                                           std::optional<json::value> own) {
    if (!outer) return own;
    if (!own) return outer;
    return json::object{{"and", json::array{*outer, *std::move(own)}}};
  }

  /// visibleWhen of a frame or a control as a show_if.
  Result<std::optional<json::value>> condition_of(TagReader& tag) {
    const std::string when = tag.text("visibleWhen");
    const std::string name = tag.text("whenTagName");
    const std::string value = tag.text("whenChoiceValue");
    const bool is_wanted = when == "choice-selected";
    if (when.empty()) return std::optional<json::value>();
    if (!is_wanted && when != "choice-unselected")
      return tag.wrong("has visibleWhen=\"" + when + "\"",
                       "a show_if can ask for the choice of a question only");
    const auto of = question_types_.find(name);
    if (of == question_types_.end())
      return tag.wrong("is shown by the answer to \"" + name + "\", which is no question before it");
    json::value condition = json::object{{"question", name}, {"answered", true}};
    if (!value.empty()) condition = condition_on(name, of->second, value);
    if (!is_wanted) condition = json::object{{"not", condition}};
    return std::optional(std::move(condition));
  }

  /// Any of the values that are separated by commas.
  static json::value condition_on(const std::string& name, const std::string& type,
                                  const std::string& values) {
    json::array each;
    for (std::size_t begin = 0; begin <= values.size();) {
      const std::size_t end = std::min(values.find(',', begin), values.size());
      const std::string value = values.substr(begin, end - begin);
      each.push_back(type == "choices" ? json::object{{"question", name}, {"includes", value}}
                                       : json::object{{"question", name}, {"equals", value}});
      begin = end + 1;
    }
    if (each.size() == 1) return each.front();
    return json::object{{"or", std::move(each)}};
  }

  Result<void> convert_tag(TagReader& tag, const std::optional<json::value>& condition) {
    const std::string& name = tag.element().name;
    for (const Display& display : kDisplays)
      if (display.tag == name) return convert_display(tag, display, condition);
    if (name == "Header") return convert_header(tag, condition);
    MIZAN_TRY(auto own, condition_of(tag));
    return convert_question(tag, joined(condition, std::move(own)));
  }

  Result<void> show(TagReader& tag, json::object block, const std::optional<json::value>& condition) {
    if (condition)
      notes_.push_back("line " + std::to_string(tag.element().line) + ": <" + tag.element().name +
                       "> is always shown: only questions can be hidden");
    display_.push_back(std::move(block));
    return {};
  }

  Result<void> convert_display(TagReader& tag, const Display& display,
                               const std::optional<json::value>& condition) {
    tag.pass_over({"name",
                   "granularity",
                   "highlightColor",
                   "zoom",
                   "zoomControl",
                   "rotateControl",
                   "width",
                   "maxWidth",
                   "height",
                   "style",
                   "showTextarea",
                   "valueType",
                   "selectionEnabled",
                   "speed",
                   "hotkey",
                   "zoomBy",
                   "negativeZoom",
                   "brightnessControl",
                   "contrastControl",
                   "gammaControl",
                   "horizontalAlignment",
                   "verticalAlignment",
                   "defaultZoom",
                   "muted",
                   "waveform"});
    if (tag.has("valueList")) return tag.wrong("shows a list of pictures", "show each by a tag of its own");
    const std::string fixed = tag.text("value");
    if (!fixed.empty() && !fixed.starts_with('$') && (display.type == "text" || display.type == "markdown"))
      return show(tag, {{"type", display.type}, {"content", fixed}}, condition);
    MIZAN_TRY(const auto path, tag.path("value"));
    return show(tag, {{"type", display.type}, {"path", path}}, condition);
  }

  Result<void> convert_header(TagReader& tag, const std::optional<json::value>& condition) {
    tag.pass_over({"size", "style", "underline", "name"});
    const std::string value = tag.text("value");
    if (value.starts_with('$')) {
      MIZAN_TRY(const auto path, tag.path("value"));
      return show(tag, {{"type", "text"}, {"path", path}}, condition);
    }
    if (value.empty()) return {};
    return show(tag, {{"type", "text"}, {"content", value}}, condition);
  }

  /// name, required and show_if of a question.
  Result<json::object> question(TagReader& tag, std::string_view type,
                                const std::optional<json::value>& condition) {
    tag.pass_over(
        {"requiredMessage", "style",          "className",   "showInLine",  "showInline",  "layout",
         "toName",          "size",           "opacity",     "strokeWidth", "strokeColor", "fillColor",
         "fillOpacity",     "icon",           "placeholder", "rows",        "width",       "maxWidth",
         "minWidth",        "selectionStyle", "canRotate"});
    for (const char* scope : {"perRegion", "perItem"})
      if (tag.flag(scope))
        return tag.wrong("asks again for each region or picture (" + std::string(scope) + ")",
                         "ask once for the task, or label the regions with the classes themselves");
    MIZAN_TRY(const auto name, tag.needed("name"));
    if (!is_question_name(name))
      return tag.wrong("is named \"" + name + "\"", "a name is a letter, then letters, digits, _ and -");
    question_types_[name] = type;
    json::object body{{"name", name}, {"type", type}};
    if (!tag.flag("required")) body["required"] = false;
    if (condition) body["show_if"] = *condition;
    return body;
  }

  Result<void> convert_question(TagReader& tag, const std::optional<json::value>& condition) {
    const std::string& name = tag.element().name;
    if (name == "Choices") return convert_choices(tag, condition);
    if (name == "Taxonomy") return convert_taxonomy(tag, condition);
    if (name == "Rating") return convert_rating(tag, condition);
    if (name == "Number") return convert_number(tag, condition);
    if (name == "TextArea") return convert_text(tag, condition);
    if (name == "Pairwise") return convert_pairwise(tag, condition);
    if (name == "Labels" || name == "HyperTextLabels" || name == "ParagraphLabels")
      return convert_labels(tag, {"Text", "spans", "text"}, condition);
    if (name == "RectangleLabels") return convert_labels(tag, {"Image", "boxes", "picture"}, condition);
    return tag.wrong(
        "has no counterpart",
        "these tags have one: View, Header, Text, HyperText, Image, Audio, Video, Pdf, Table, Chat, "
        "Choices, Taxonomy, Rating, Number, TextArea, Pairwise, Labels, RectangleLabels");
  }

  Result<json::array> options(TagReader& parent,  // NOLINT(misc-no-recursion): bounded by parse_xml
                              std::string_view child_tag) {
    if (parent.has("value") && parent.element().name != child_tag)
      return parent.wrong("takes its options from the task", "list them in the template");
    json::array found;
    for (const XmlElement& child : parent.element().children) {
      TagReader tag(child);
      if (child.name != child_tag)
        return tag.wrong("has no counterpart inside <" + parent.element().name + ">");
      MIZAN_TRY(const auto value, tag.needed("value"));
      tag.pass_over({"background", "style", "color", "granularity", "showalias", "showAlias"});
      const std::string alias = tag.text("alias");
      json::object option{{"value", alias.empty() ? value : alias}};
      if (!alias.empty()) option["title"] = value;
      if (const std::string help = tag.text("hint"); !help.empty()) option["help"] = help;
      if (const std::string key = tag.text("hotkey"); !key.empty()) option["shortcut"] = key;
      if (!child.children.empty()) {
        MIZAN_TRY(option["options"], options(tag, child_tag));
      }
      tag.note_rest(notes_);
      found.emplace_back(std::move(option));
    }
    if (found.empty()) return parent.wrong("has no <" + std::string(child_tag) + ">");
    return found;
  }

  Result<void> convert_choices(TagReader& tag, const std::optional<json::value>& condition) {
    tag.pass_over({"allowNested"});
    const std::string kind = tag.text("choice");
    MIZAN_TRY(auto body, question(tag, kind == "multiple" ? "choices" : "choice", condition));
    MIZAN_TRY(body["options"], options(tag, "Choice"));
    questions_.emplace_back(std::move(body));
    return {};
  }

  Result<void> convert_taxonomy(TagReader& tag, const std::optional<json::value>& condition) {
    tag.pass_over({"showFullPath", "pathSeparator", "minWidth", "maxWidth", "dropdownWidth"});
    MIZAN_TRY(const auto most, tag.whole("maxUsages"));
    MIZAN_TRY(auto body, question(tag, most == 1 ? "choice" : "choices", condition));
    MIZAN_TRY(body["options"], options(tag, "Choice"));
    if (most && *most > 1) body["max"] = *most;
    if (!tag.flag("leafsOnly")) body["any_level"] = true;
    questions_.emplace_back(std::move(body));
    return {};
  }

  Result<void> convert_rating(TagReader& tag, const std::optional<json::value>& condition) {
    tag.pass_over({"icon", "defaultValue", "hotkey"});
    MIZAN_TRY(const auto most, tag.whole("maxRating"));
    MIZAN_TRY(auto body, question(tag, "rating", condition));
    body["min"] = 1;
    body["max"] = most.value_or(5);
    questions_.emplace_back(std::move(body));
    return {};
  }

  Result<void> convert_number(TagReader& tag, const std::optional<json::value>& condition) {
    MIZAN_TRY(auto body, question(tag, "number", condition));
    for (const char* bound : {"min", "max"}) {
      const std::string text = tag.text(bound);
      if (text.empty()) continue;
      char* end = nullptr;
      const double number = std::strtod(text.c_str(), &end);
      if (*end != '\0')
        return tag.wrong("has " + std::string(bound) + "=\"" + text + "\", which is no number");
      body[bound] = number;
    }
    questions_.emplace_back(std::move(body));
    return {};
  }

  Result<void> convert_text(TagReader& tag, const std::optional<json::value>& condition) {
    tag.pass_over({"editable", "showSubmitButton", "transcription", "displayMode", "maxSubmissions"});
    const std::string rows = tag.text("rows");
    MIZAN_TRY(auto body, question(tag, "text", condition));
    if (const std::string help = tag.text("placeholder"); !help.empty()) body["help"] = help;
    if (!rows.empty() && rows != "1") body["multiline"] = true;
    questions_.emplace_back(std::move(body));
    return {};
  }

  Result<std::string> path_of(TagReader& tag, const std::string& name, std::string_view wanted) {
    const auto shown = shown_.find(name);
    if (shown == shown_.end())
      return tag.wrong("is tied to \"" + name + "\", which shows nothing of the task");
    if (!wanted.empty() && shown->second.tag != wanted)
      return tag.wrong("is tied to a <" + shown->second.tag + ">",
                       "it can be tied to a <" + std::string(wanted) + ">");
    return shown->second.path;
  }

  Result<void> convert_pairwise(TagReader& tag, const std::optional<json::value>& condition) {
    tag.pass_over({"leftClass", "rightClass"});
    MIZAN_TRY(const auto names, tag.needed("toName"));
    const std::size_t comma = names.find(',');
    if (comma == std::string::npos || names.find(',', comma + 1) != std::string::npos)
      return tag.wrong("is tied to \"" + names + "\"", "name two tags: toName=\"a,b\"");
    MIZAN_TRY(auto body, question(tag, "preference", condition));
    MIZAN_TRY(body["a"], path_of(tag, names.substr(0, comma), {}));
    MIZAN_TRY(body["b"], path_of(tag, names.substr(comma + 1), {}));
    body["levels"] = 2;
    body["tie"] = false;
    questions_.emplace_back(std::move(body));
    return {};
  }

  struct Marks {
    std::string_view shown_tag;  ///< what they are drawn on
    std::string_view type;
    std::string_view noun;
  };
  Result<void> convert_labels(TagReader& tag, const Marks& marks,
                              const std::optional<json::value>& condition) {
    tag.pass_over({"choice", "showLabels", "labelsPerRow"});
    MIZAN_TRY(const auto target, tag.needed("toName"));
    MIZAN_TRY(auto body, question(tag, marks.type, condition));
    MIZAN_TRY(body["path"], path_of(tag, target, marks.shown_tag));
    MIZAN_TRY(const auto most, tag.whole("maxUsages"));
    if (most) body["max"] = *most;
    MIZAN_TRY(body["labels"], options(tag, "Label"));
    questions_.emplace_back(std::move(body));
    return {};
  }

  std::map<std::string, Shown, std::less<>> shown_{};
  std::map<std::string, std::string, std::less<>> question_types_{};
  json::array display_{};
  json::array questions_{};
  std::vector<std::string> notes_{};
};

}  // namespace

Result<ConvertedTemplate> template_from_label_studio(std::string_view xml) {
  MIZAN_TRY(const auto root, parse_xml(xml));
  return Converter().convert(root);
}

}  // namespace mizan::domain
