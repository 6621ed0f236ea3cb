#include "mizan/app/upkeep/doctor.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "mizan/app/access/audit_log.h"
#include "support/test_database.h"

namespace mizan::app {
namespace {

using store::Query;
using store::Transaction;

// A project with one question of two classes, and one task that two of three annotators have answered.
constexpr Query kSound[] = {
    {"sound_project",
     "INSERT INTO question_classes (project_id, question, class_code, class) VALUES (1, 'q', 0, 'a'), (1, "
     "'q', 1, 'b')"},
    {"sound_task",
     "INSERT INTO tasks (project_id, task_id, external_id, domain, language, payload, content_hash, "
     "created_at_us) "
     "VALUES (1, 10, 'x', '', '', '{}', $1, 0)"},
    {"sound_state",
     "INSERT INTO task_states (project_id, task_id, state, lane_id, position, wanted_count, live_count, "
     "done_count, batch_id) "
     "VALUES (1, 10, 'full', 0, 10, 3, 1, 2, NULL)"},
    {"sound_assignments",
     "INSERT INTO assignments (project_id, assignment_id, task_id, annotator_id, supplier_id, state, "
     "template_version, leased_at_us, "
     "expires_at_us, settled_at_us, reason, annotation_id, is_gold) VALUES (1, 20, 10, 1, 1, 'submitted', 1, "
     "0, 1, 1, '', 30, 0), "
     "(1, 21, 10, 2, 1, 'submitted', 1, 0, 1, 1, '', 31, 0), (1, 22, 10, 3, 1, 'live', 1, 0, 1, NULL, '', "
     "NULL, 0)"},
    {"sound_annotations",
     "INSERT INTO annotations (project_id, annotation_id, task_id, assignment_id, annotator_id, supplier_id, "
     "template_version, answers, "
     "submitted_at_us, currency) VALUES (1, 30, 10, 20, 1, 1, 1, '{}', 1, ''), (1, 31, 10, 21, 2, 1, 1, "
     "'{}', 1, '')"},
    {"sound_labels",
     "INSERT INTO labels (project_id, task_id, question, annotator_id, supplier_id, class_code, "
     "annotation_id) VALUES (1, 10, 'q', 1, 1, 0, 30), (1, 10, 'q', 2, 1, 1, 31)"},
    {"sound_events",
     "INSERT INTO events (project_id, sequence, kind, body, at_us) VALUES (1, 1, 'task.done', '{}', 0), (1, "
     "2, 'task.done', '{}', 0)"},
    {"sound_head", "INSERT INTO event_heads (project_id, sequence) VALUES (1, 2)"},
};

constexpr Query kClear[] = {
    {"clear_classes", "DELETE FROM question_classes"}, {"clear_tasks", "DELETE FROM tasks"},
    {"clear_states", "DELETE FROM task_states"},       {"clear_assignments", "DELETE FROM assignments"},
    {"clear_annotations", "DELETE FROM annotations"},  {"clear_labels", "DELETE FROM labels"},
    {"clear_consensus", "DELETE FROM consensus"},      {"clear_events", "DELETE FROM events"},
    {"clear_heads", "DELETE FROM event_heads"},
};

struct Wound {
  const char* check;  // that must find it
  Query query;
};

constexpr Wound kWounds[] = {
    {"task_has_a_state",
     {"wound_state",
      "INSERT INTO tasks (project_id, task_id, external_id, domain, language, payload, content_hash, "
      "created_at_us) "
      "VALUES (1, 11, 'y', '', '', '{}', $1, 0)"}},
    {"live_count_is_counted",
     {"wound_live", "UPDATE assignments SET state = 'expired' WHERE assignment_id = 22"}},
    {"open_means_wanted", {"wound_open", "UPDATE task_states SET state = 'open' WHERE task_id = 10"}},
    {"annotation_was_assigned",
     {"wound_assigned", "UPDATE annotations SET assignment_id = 22 WHERE annotation_id = 31"}},
    {"submitted_has_annotation", {"wound_submitted", "DELETE FROM annotations WHERE annotation_id = 31"}},
    {"label_has_annotation", {"wound_label", "UPDATE labels SET annotation_id = 99 WHERE annotator_id = 2"}},
    {"label_is_of_a_class", {"wound_class", "UPDATE labels SET class_code = 7 WHERE annotator_id = 2"}},
    {"consensus_counts_its_labels",
     {"wound_consensus",
      "INSERT INTO consensus (project_id, task_id, question, class_code, confidence, posterior, "
      "raw_posterior, top_share, label_count, basis, model_version, updated_at_us) "
      "VALUES (1, 10, 'q', 0, 0.5, $1, $1, 1, 3, 'labels', 1, 0)"}},
    {"events_have_no_gap", {"wound_events", "DELETE FROM events WHERE sequence = 2"}},
    {"assignment_has_a_task", {"wound_task", "DELETE FROM tasks WHERE task_id = 10"}},
};

class Doctor : public test::EachDatabase {
 protected:
  void run(const Query& query) {
    const auto done = database().write([&](Transaction& tx) -> Result<std::int64_t> {
      // $1 stands for bytes that do not matter.
      return query.text.find("$1") == std::string_view::npos ? tx.execute(query)
                                                             : tx.execute(query, store::BlobView{});
    });
    ASSERT_TRUE(done.has_value()) << query.name << ": " << to_string(done.error());
  }

  std::set<std::string> failed_checks() {
    const ManualClock clock(Instant{1});
    Service service({.database = database(), .clock = clock});
    const auto checkups = examine(service, {});
    EXPECT_TRUE(checkups.has_value()) << to_string(checkups.error());
    std::set<std::string> failed;
    for (const Checkup& checkup : *checkups) {
      if (!checkup.is_well()) failed.insert(checkup.check);
    }
    return failed;
  }
};
MIZAN_ON_EACH_DATABASE(Doctor);

TEST_P(Doctor, a_sound_database_is_well) {
  EXPECT_TRUE(failed_checks().empty());
  for (const Query& query : kSound) run(query);
  EXPECT_TRUE(failed_checks().empty());
}

TEST_P(Doctor, every_kind_of_wound_is_found_by_the_check_that_names_it) {
  for (const Wound& wound : kWounds) {
    for (const Query& query : kClear) run(query);
    for (const Query& query : kSound) run(query);
    run(wound.query);
    EXPECT_TRUE(failed_checks().contains(wound.check)) << wound.check;
  }
}

TEST_P(Doctor, an_overlap_that_is_exceeded_is_found) {
  for (const Query& query : kSound) run(query);
  run({"wound_overlap", "UPDATE task_states SET wanted_count = 2 WHERE task_id = 10"});
  EXPECT_EQ(failed_checks(), std::set<std::string>{"overlap_is_kept"});
}

TEST_P(Doctor, an_entry_of_the_audit_log_that_was_changed_is_found) {
  for (int entry = 0; entry < 3; ++entry) {
    const auto noted = database().write([](Transaction& tx) {
      return record_audit(tx, system_caller(), {.at = Instant{1}, .action = "test", .subject = "sup_1"});
    });
    ASSERT_TRUE(noted);
  }
  EXPECT_TRUE(failed_checks().empty());
  run({"wound_audit", "UPDATE audit_entries SET subject = 'sup_2' WHERE entry_number = 2"});
  EXPECT_EQ(failed_checks(), std::set<std::string>{"audit_chain_holds"});
}

}  // namespace
}  // namespace mizan::app
