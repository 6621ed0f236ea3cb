#include "mizan/http/resources/api.h"

#include "mizan/http/resources/resources.h"

namespace mizan::http {

void add_api_routes(Router& router, app::Service& service) {
  // One line a resource, in the order of the alphabet.
  add_annotation_import_routes(router, service);
  add_annotator_routes(router, service);
  add_annotation_routes(router, service);
  add_assignment_routes(router, service);
  add_draft_routes(router, service);
  add_gold_routes(router, service);
  add_review_routes(router, service);
  add_api_key_routes(router, service);
  add_audit_log_routes(router, service);
  add_batch_routes(router, service);
  add_consensus_routes(router, service);
  add_event_routes(router, service);
  add_export_routes(router, service);
  add_project_routes(router, service);
  add_project_supplier_routes(router, service);
  add_scorecard_routes(router, service);
  add_invite_routes(router, service);
  add_member_routes(router, service);
  add_profile_routes(router, service);
  add_session_routes(router, service);
  add_setup_routes(router, service);
  add_supplier_routes(router, service);
  add_overview_routes(router, service);
  add_slice_routes(router, service);
  add_annotator_quality_routes(router, service);
  add_task_table_routes(router, service);
  add_task_routes(router, service);
  add_template_routes(router, service);
  add_webhook_routes(router, service);
}

}  // namespace mizan::http
