// The parts of parse_template, one source file each. Of this folder only.
#pragma once

#include <string>
#include <vector>

#include "mizan/domain/template/object_reader.h"
#include "mizan/domain/template/template.h"

namespace mizan::domain {

[[nodiscard]] DisplayBlock parse_block(const boost::json::value& value, const std::string& where,
                                       Complaint& complaint);
/// `before`: the questions that a condition may name.
[[nodiscard]] TemplateQuestion parse_question(const boost::json::value& value, const std::string& where,
                                              const std::vector<TemplateQuestion>& before,
                                              Complaint& complaint);
/// Reads the members of the kind that `type` names.
[[nodiscard]] QuestionBody parse_body(std::string_view type, ObjectReader& reader);
[[nodiscard]] Condition parse_condition(const boost::json::value& value, const std::string& where,
                                        const std::vector<TemplateQuestion>& before, Complaint& complaint);
/// Reads the member "gold" of a question of that kind; its default when it is not there.
[[nodiscard]] GoldRule parse_gold_rule(QuestionKind kind, ObjectReader& question);
/// Does the kind have classes for inference?
[[nodiscard]] bool has_classes(QuestionKind kind);
/// A name of a question or a criterion, read from the member "name".
[[nodiscard]] std::string parse_name(ObjectReader& reader);
/// "1", "ctrl+k", "": complains about anything else.
[[nodiscard]] std::string parse_shortcut(ObjectReader& reader);

}  // namespace mizan::domain
