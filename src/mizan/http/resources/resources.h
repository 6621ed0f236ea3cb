// What each file of this folder offers: the routes of one resource. http/api.cc calls them all.
#pragma once

#include "mizan/http/router.h"

namespace mizan::app {
class Service;
}

namespace mizan::http {

void add_annotation_import_routes(Router& router, app::Service& service);
void add_annotator_routes(Router& router, app::Service& service);
void add_draft_routes(Router& router, app::Service& service);
void add_gold_routes(Router& router, app::Service& service);
void add_review_routes(Router& router, app::Service& service);
void add_assignment_routes(Router& router, app::Service& service);
void add_annotation_routes(Router& router, app::Service& service);
void add_api_key_routes(Router& router, app::Service& service);
void add_audit_log_routes(Router& router, app::Service& service);
void add_batch_routes(Router& router, app::Service& service);
void add_consensus_routes(Router& router, app::Service& service);
void add_export_routes(Router& router, app::Service& service);
void add_event_routes(Router& router, app::Service& service);
void add_project_routes(Router& router, app::Service& service);
void add_project_supplier_routes(Router& router, app::Service& service);
void add_scorecard_routes(Router& router, app::Service& service);
void add_invite_routes(Router& router, app::Service& service);
void add_member_routes(Router& router, app::Service& service);
void add_profile_routes(Router& router, app::Service& service);
void add_session_routes(Router& router, app::Service& service);
void add_setup_routes(Router& router, app::Service& service);
void add_supplier_routes(Router& router, app::Service& service);
void add_overview_routes(Router& router, app::Service& service);
void add_slice_routes(Router& router, app::Service& service);
void add_annotator_quality_routes(Router& router, app::Service& service);
void add_task_table_routes(Router& router, app::Service& service);
void add_task_routes(Router& router, app::Service& service);
void add_template_routes(Router& router, app::Service& service);
void add_webhook_routes(Router& router, app::Service& service);

}  // namespace mizan::http
