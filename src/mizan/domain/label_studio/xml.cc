#include "mizan/domain/label_studio/xml.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include <expat.h>

#include "mizan/base/assert.h"

namespace mizan::domain {
namespace {

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser>;

// Expat calls back for each tag; the elements that are still open stand on a stack.
class Tree {
 public:
  explicit Tree(XML_Parser parser) : parser_(parser) {
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, begin, end);
    XML_SetStartDoctypeDeclHandler(parser, refuse_document_type);
  }

  [[nodiscard]] tl::unexpected<Error> wrong(std::string message) const {
    return fail(ErrorCode::malformed_template, "the XML cannot be read: " + std::move(message),
                "line " + std::to_string(XML_GetCurrentLineNumber(parser_)));
  }

  Result<XmlElement> take() {
    if (refused_) return wrong(*refused_);
    if (!root_) return wrong("there is no element");
    return *std::move(root_);
  }
  [[nodiscard]] bool is_refused() const { return refused_.has_value(); }

 private:
  static void begin(void* self, const XML_Char* name, const XML_Char** attributes) {
    Tree& tree = *static_cast<Tree*>(self);
    if (tree.open_.size() == kMaxXmlDepth) return tree.refuse("elements stand too deep in each other");
    XmlElement element{.name = name, .line = XML_GetCurrentLineNumber(tree.parser_)};
    for (; *attributes != nullptr; attributes += 2)
      element.attributes.emplace_back(attributes[0], attributes[1]);
    tree.open_.push_back(std::move(element));
  }

  static void end(void* self, const XML_Char* /*name*/) {
    Tree& tree = *static_cast<Tree*>(self);
    if (tree.open_.empty()) return;
    XmlElement done = std::move(tree.open_.back());
    tree.open_.pop_back();
    if (tree.open_.empty())
      tree.root_ = std::move(done);
    else
      tree.open_.back().children.push_back(std::move(done));
  }

  static void refuse_document_type(void* self, const XML_Char* /*name*/, const XML_Char* /*system*/,
                                   const XML_Char* /*public*/, int /*has_subset*/) {
    static_cast<Tree*>(self)->refuse("document types and entities of one's own are not understood");
  }

  void refuse(const char* why) {
    refused_ = why;
    XML_StopParser(parser_, XML_FALSE);
  }

  XML_Parser parser_;
  std::vector<XmlElement> open_{};
  std::optional<XmlElement> root_{};
  std::optional<std::string> refused_{};
};

}  // namespace

const std::string* XmlElement::attribute(std::string_view wanted) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const auto& each) { return each.first == wanted; });
  return found == attributes.end() ? nullptr : &found->second;
}

Result<XmlElement> parse_xml(std::string_view text) {
  if (text.size() > kMaxXmlBytes) return fail(ErrorCode::malformed_template, "the XML is larger than 1 MiB");
  const Parser parser(XML_ParserCreate("UTF-8"));
  MIZAN_ASSERT(parser != nullptr);
  Tree tree(parser.get());
  const auto status = XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), XML_TRUE);
  if (status != XML_STATUS_OK && !tree.is_refused())
    return tree.wrong(XML_ErrorString(XML_GetErrorCode(parser.get())));
  return tree.take();
}

}  // namespace mizan::domain
