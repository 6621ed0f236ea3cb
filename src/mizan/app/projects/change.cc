#include "mizan/app/projects/change.h"

#include "mizan/app/access/audit_log.h"
#include "mizan/store/outbox.h"

namespace mizan::app {

Result<void> note_change(store::Transaction& tx, const ChangeMaker& maker, const Change& change) {
  MIZAN_CHECK_OK(store::append_outbox(
      tx, {.project_id = change.project_id, .kind = change.kind, .body = change.body, .at = maker.at}));
  return record_audit(
      tx, maker.caller,
      {.at = maker.at, .action = change.kind, .subject = change.subject, .details = change.body});
}

}  // namespace mizan::app
