#include "mizan/domain/label_studio/from_label_studio.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include "mizan/domain/label_studio/xml.h"
#include "mizan/domain/template/template.h"

namespace mizan::domain {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

json::value converted(std::string_view xml) {
  const auto result = template_from_label_studio(xml);
  EXPECT_TRUE(result) << to_string(result.error());
  return result ? json::parse(result->document) : json::value();
}

Error refusal(std::string_view xml) {
  const auto result = template_from_label_studio(xml);
  EXPECT_FALSE(result) << result->document;
  return result ? Error{ErrorCode::internal, ""} : result.error();
}

TEST(FromLabelStudio, text_classification) {
  EXPECT_EQ(
      converted(R"(<View>
  <Text name="text" value="$text"/>
  <Header value="Is it safe?"/>
  <Choices name="sentiment" toName="text" choice="single" required="true" showInLine="true">
    <Choice value="Positive" hotkey="p"/>
    <Choice value="Negative" alias="neg" hint="It complains."/>
  </Choices>
</View>)"),
      json::parse(R"({"display":[{"type":"text","path":"/text"},{"type":"text","content":"Is it safe?"}],
  "questions":[{"name":"sentiment","type":"choice","options":[{"value":"Positive","shortcut":"p"},
    {"value":"neg","title":"Negative","help":"It complains."}]}]})"));
}

TEST(FromLabelStudio, several_answers_ratings_numbers_and_text) {
  const auto document = converted(R"(<View><Image name="i" value="$images[0].url"/>
  <Choices name="tags" toName="i" choice="multiple"><Choice value="cat"/><Choice value="dog"/></Choices>
  <Rating name="stars" toName="i" maxRating="7" required="true"/>
  <Number name="age" toName="i" min="0" max="120.5"/>
  <TextArea name="why" toName="i" rows="4" placeholder="In a sentence"/></View>)");
  EXPECT_EQ(document.at("display"), json::parse(R"([{"type":"image","path":"/images/0/url"}])"));
  EXPECT_EQ(document.at("questions"), json::parse(R"([
    {"name":"tags","type":"choices","required":false,"options":[{"value":"cat"},{"value":"dog"}]},
    {"name":"stars","type":"rating","min":1,"max":7},
    {"name":"age","type":"number","required":false,"min":0E0,"max":1.205E2},
    {"name":"why","type":"text","required":false,"help":"In a sentence","multiline":true}])"));
}

TEST(FromLabelStudio, spans_boxes_pairs_and_trees) {
  const auto document = converted(R"(<View>
  <Labels name="ner" toName="t"><Label value="PER" background="red"/><Label value="ORG"/></Labels>
  <Text name="t" value="$text"/>
  <Image name="i" value="$image"/>
  <RectangleLabels name="box" toName="i"><Label value="cat"/></RectangleLabels>
  <Text name="a" value="$left"/><Text name="b" value="$right"/>
  <Pairwise name="better" toName="a,b"/>
  <Taxonomy name="kind" toName="t" maxUsages="1" leafsOnly="true">
    <Choice value="law"><Choice value="civil"/><Choice value="penal"/></Choice><Choice value="art"/>
  </Taxonomy></View>)");
  EXPECT_EQ(document.at("questions"), json::parse(R"([
    {"name":"ner","type":"spans","required":false,"path":"/text","labels":[{"value":"PER"},{"value":"ORG"}]},
    {"name":"box","type":"boxes","required":false,"path":"/image","labels":[{"value":"cat"}]},
    {"name":"better","type":"preference","required":false,"a":"/left","b":"/right","levels":2,"tie":false},
    {"name":"kind","type":"choice","required":false,"options":[
      {"value":"law","options":[{"value":"civil"},{"value":"penal"}]},{"value":"art"}]}])"));
}

TEST(FromLabelStudio, what_is_shown_by_another_answer_becomes_a_condition) {
  const auto document = converted(R"(<View><Text name="t" value="$text"/>
  <Choices name="safe" toName="t"><Choice value="yes"/><Choice value="no"/><Choice value="unsure"/></Choices>
  <View visibleWhen="choice-selected" whenTagName="safe" whenChoiceValue="no,unsure">
    <TextArea name="why" toName="t"/>
    <Rating name="how" toName="t" visibleWhen="choice-unselected" whenTagName="safe" whenChoiceValue="unsure"/>
  </View></View>)");
  EXPECT_EQ(
      document.at("questions").at(1).at("show_if"),
      json::parse(R"({"or":[{"question":"safe","equals":"no"},{"question":"safe","equals":"unsure"}]})"));
  EXPECT_EQ(document.at("questions").at(2).at("show_if").at("and").at(1),
            json::parse(R"({"not":{"question":"safe","equals":"unsure"}})"));
}

TEST(FromLabelStudio, looks_are_passed_over_and_other_attributes_are_noted) {
  const auto result = template_from_label_studio(R"(<View style="color: red">
  <Style>.x > a { color: red }</Style><!-- a comment -->
  <Text name="t" value="$text"/>
  <Choices name="c" toName="t" whatever="1"><Choice value="a" selected="true"/><Choice value="b"/></Choices></View>)");
  ASSERT_TRUE(result) << to_string(result.error());
  EXPECT_THAT(result->notes, testing::UnorderedElementsAre(
                                 "line 4: <Choice> selected=\"true\" has no counterpart and was left out",
                                 "line 4: <Choices> whatever=\"1\" has no counterpart and was left out"));
}

TEST(FromLabelStudio, tags_without_a_counterpart_are_refused_by_name_and_line) {
  const auto brush =
      refusal("<View>\n<Image name=\"i\" value=\"$i\"/>\n<BrushLabels name=\"b\" toName=\"i\"/></View>");
  EXPECT_EQ(brush.code, ErrorCode::malformed_template);
  EXPECT_EQ(brush.where, "line 3");
  EXPECT_THAT(brush.message, HasSubstr("<BrushLabels>"));
  EXPECT_THAT(brush.hint, HasSubstr("RectangleLabels"));
  const std::string text = R"(<View><Text name="t" value="$text"/>)";
  const std::string choice = R"(<Choice value="a"/></Choices></View>)";
  EXPECT_THAT(refusal(text + R"(<Choices name="c" toName="t" perRegion="true">)" + choice).message,
              HasSubstr("perRegion"));
  EXPECT_THAT(refusal(text + R"(<Choices name="two words" toName="t">)" + choice).message,
              HasSubstr("two words"));
  EXPECT_THAT(refusal(text + R"(<Choices name="c" toName="t" value="$options"/></View>)").message,
              HasSubstr("from the task"));
  EXPECT_THAT(
      refusal(text + R"(<RectangleLabels name="c" toName="t"><Label value="a"/></RectangleLabels></View>)")
          .hint,
      HasSubstr("<Image>"));
  EXPECT_THAT(refusal(R"(<View><Text name="t" value="Dear $name"/></View>)").code,
              ErrorCode::malformed_template);
  EXPECT_THAT(refusal(text + "</View>").code, ErrorCode::malformed_template) << "no question";
}

TEST(FromLabelStudio, xml_that_is_broken_is_refused_with_its_line) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "line 1"},
      {"<View>\n<Text", "line 2"},
      {"<View>\n\n</Text>", "line 3"},
      {"<View a=b/>", "line 1"},
      {"<View a='1' a='2'/>", "line 1"},
      {"<View a='&nbsp;'/>", "line 1"},
      {"<!DOCTYPE x [<!ENTITY e \"x\">]><View/>", "line 1"},
      {"<View/><View/>", "line 1"},
      {"<View><!-- never", "line 1"},
  };
  for (const auto& [xml, where] : cases) {
    const auto error = refusal(xml);
    EXPECT_EQ(error.code, ErrorCode::malformed_template) << xml;
    EXPECT_EQ(error.where, where) << xml;
  }
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<View>";
  EXPECT_THAT(refusal(deep).message, HasSubstr("too deep"));
}

TEST(FromLabelStudio, entities_are_replaced) {
  const auto root = parse_xml("<?xml version='1.0'?>\n<a b='&lt;&#65;&#x2014;&amp;'><![CDATA[<x>]]></a>");
  ASSERT_TRUE(root) << to_string(root.error());
  EXPECT_EQ(*root->attribute("b"), "<A\xE2\x80\x94&");
  EXPECT_EQ(root->line, 2U);
}

}  // namespace
}  // namespace mizan::domain
