#include "mizan/http/resources/assignment_json.h"

namespace mizan::http {

std::string assignment_text(const app::GivenAssignment& given) {
  const store::AssignmentRow& row = given.row;
  std::string text = R"({"assignment_id":")" + to_text(row.assignment_id) + R"(","project_id":")" +
                     to_text(row.project_id) + R"(","state":")" + std::string(to_text(row.terms.state)) +
                     R"(","template_version":)" + std::to_string(row.template_version) + R"(,"leased_at":")" +
                     to_text(row.terms.leased_at) + R"(","expires_at":")" + to_text(row.terms.expires_at) +
                     R"(","payload":)" + app::granted_payload(given) + '}';
  return text;
}

boost::json::object assignment_row(const store::AssignmentRow& row, Reader reader) {
  boost::json::object body{{"assignment_id", to_text(row.assignment_id)},
                           {"project_id", to_text(row.project_id)},
                           {"annotator_id", to_text(row.annotator_id)},
                           {"supplier_id", to_text(row.supplier_id)},
                           {"state", to_text(row.terms.state)},
                           {"template_version", row.template_version},
                           {"leased_at", to_text(row.terms.leased_at)},
                           {"expires_at", to_text(row.terms.expires_at)},
                           {"settled_at", nullptr},
                           {"reason", row.reason},
                           {"annotation_id", nullptr}};
  if (row.terms.settled_at.us != 0) body["settled_at"] = to_text(row.terms.settled_at);
  if (row.annotation_id) body["annotation_id"] = to_text(*row.annotation_id);
  if (reader == Reader::lab) {
    body["task_id"] = to_text(row.task_id);
    body["is_gold"] = row.is_gold;
  }
  return body;
}

}  // namespace mizan::http
