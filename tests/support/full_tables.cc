#include "support/full_tables.h"

#include <string_view>

#include "support/plan_watch.h"

namespace mizan::test {
namespace {

// PostgreSQL would gather statistics at some moment of the test.
constexpr std::string_view kNoStatistics = R"(
  ALTER TABLE tasks SET (autovacuum_enabled = false);
  ALTER TABLE task_states SET (autovacuum_enabled = false);
  ALTER TABLE assignments SET (autovacuum_enabled = false);
  ALTER TABLE annotations SET (autovacuum_enabled = false);
  ALTER TABLE labels SET (autovacuum_enabled = false);
  ALTER TABLE consensus SET (autovacuum_enabled = false);
  ALTER TABLE annotators SET (autovacuum_enabled = false);
  ALTER TABLE reviews SET (autovacuum_enabled = false);
  ALTER TABLE drafts SET (autovacuum_enabled = false);
  ALTER TABLE events SET (autovacuum_enabled = false);
  ALTER TABLE accounts SET (autovacuum_enabled = false);
  ALTER TABLE sessions SET (autovacuum_enabled = false);
  ALTER TABLE api_keys SET (autovacuum_enabled = false);
  ALTER TABLE invites SET (autovacuum_enabled = false);
  ALTER TABLE memberships SET (autovacuum_enabled = false);
  ALTER TABLE audit_entries SET (autovacuum_enabled = false);
  ALTER TABLE idempotency_keys SET (autovacuum_enabled = false);
)";

// 1 … 30,000, for the statements that follow.
constexpr std::string_view kNumbers = R"(
  CREATE TABLE numbers (i @int PRIMARY KEY) @table;
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
    INSERT INTO numbers SELECT i FROM n;
)";

constexpr std::string_view kPeople = R"(
  INSERT INTO accounts SELECT 500000 + i, 'person' || i || '@example.org', 'Person', 'hash', NULL, NULL, 0, '[]',
    'active', 'en', '{}', i, 1 FROM numbers WHERE i <= 20000;
  INSERT INTO memberships SELECT 500000 + i, CASE WHEN i <= 2 THEN 'owner' ELSE 'annotator' END,
    CASE WHEN i <= 2 THEN 'organisation' ELSE 'project' END, CASE WHEN i <= 2 THEN 0 ELSE 1 + i % 2 END, i
    FROM numbers WHERE i <= 20000;
  INSERT INTO sessions SELECT CAST('session' || i AS @blob), i, 500000 + i, 'token', i, 1000000 + i, i, '', ''
    FROM numbers WHERE i <= 20000;
  INSERT INTO api_keys SELECT 600000 + i, CAST('key' || i AS @blob), 'mz_', 'Key', 500000 + i, 'annotator',
    'project', 1, i, NULL, NULL, NULL FROM numbers WHERE i <= 20000;
  INSERT INTO invites SELECT 700000 + i, CAST('invite' || i AS @blob), 'guest' || i || '@example.org', 'reviewer',
    'project', 1, 500001, i, 1000000, NULL, NULL FROM numbers WHERE i <= 20000;
  INSERT INTO audit_entries SELECT i, i, 'actor', 'action', 'subject', '{}', '', '', '', '' FROM numbers
    WHERE i <= 20000;
  UPDATE audit_head SET entry_number = 20000;
  INSERT INTO idempotency_keys SELECT 'caller', 'key' || i, CAST('hash' AS @blob), 200, '', '', i FROM numbers
    WHERE i <= 20000;
)";

constexpr std::string_view kProjects = R"(
  INSERT INTO projects VALUES (1, 'Full', 'active', '', '{}', 1, 1, 1), (2, 'Other', 'active', '', '{}', 1, 1, 1);
  INSERT INTO templates VALUES (1, 1, '{}', 500001, 1);
  INSERT INTO question_classes VALUES (1, 'safe', 0, 'yes'), (1, 'safe', 1, 'no');
  INSERT INTO suppliers SELECT i, 'Supplier ' || i, 'crowd', 'active', i, 1 FROM numbers WHERE i <= 3;
  INSERT INTO project_suppliers SELECT 1, i, 'active', NULL, NULL, '', 1 FROM numbers WHERE i <= 3;
  INSERT INTO annotators SELECT 1000 + i, 1 + (i - 1) % 3, 'contributor-' || i, 500000 + i, 'active', '[]', '[]', i, 1
    FROM numbers WHERE i <= 300;
  INSERT INTO annotators SELECT 2000 + i, 4 + i % 50, 'contributor-' || i, NULL, 'active', '[]', '[]', i, 1
    FROM numbers WHERE i <= 10000;
  INSERT INTO annotator_teams SELECT 1000 + i, 'doctors' FROM numbers WHERE i <= 300;
  INSERT INTO batches SELECT 1, i, 'Batch ' || i, 'production', 'running', NULL, 0, i, 1, 1 FROM numbers WHERE i <= 5;
  INSERT INTO lanes VALUES (1, 7, 0, 0, 0, '', '');
)";

constexpr std::string_view kWork = R"(
  INSERT INTO tasks SELECT 1, 100000 + i, 'task-' || i, '', '', '{}', NULL, CAST('hash' || i AS @blob), i FROM numbers
    WHERE i <= 20000;
  INSERT INTO task_states SELECT 1, 100000 + i, CASE WHEN i <= 10000 THEN 'done' WHEN i > 19900 THEN 'gold' ELSE 'open' END,
    7, 100000 + i, 3, CASE WHEN i > 10000 AND i <= 10500 THEN 1 ELSE 0 END, CASE WHEN i <= 10000 THEN 3 ELSE 0 END,
    CASE WHEN i % 6 = 0 OR i > 19900 THEN NULL ELSE i % 6 END FROM numbers WHERE i <= 20000;
  INSERT INTO gold_answers SELECT 1, 100000 + i, '{}', '', 'concept', i % 3, i FROM numbers
    WHERE i > 19900 AND i <= 20000;
  INSERT INTO assignments SELECT 1, 1000000 + i, 100001 + (i - 1) / 3, 1001 + ((i - 1) / 3 + i % 3 * 100) % 300,
    1 + ((i - 1) / 3 + i % 3 * 100) % 300 % 3, 'submitted', 1, i, i + 900, i + 60, '', 2000000 + i, 0 FROM numbers;
  INSERT INTO assignments SELECT 1, 1500000 + i, 110000 + i, 1001 + i % 300, 1 + i % 300 % 3, 'live', 1, i, 1000000 + i,
    NULL, '', NULL, 0 FROM numbers WHERE i <= 500;
  INSERT INTO annotations SELECT project_id, annotation_id, task_id, assignment_id, annotator_id, supplier_id, 1,
    '{"safe":"yes"}', 60, settled_at_us, NULL, 250000, 'EUR' FROM assignments WHERE state = 'submitted';
  INSERT INTO labels SELECT project_id, task_id, 'safe', annotator_id, supplier_id, annotation_id % 2, annotation_id
    FROM annotations;
  INSERT INTO consensus SELECT 1, 100000 + i, 'safe', 0, 0.9, CAST('p' AS @blob), CAST('p' AS @blob), 0.67, 3, 'labels',
    1 + i % 3, i FROM numbers WHERE i <= 10000;
  INSERT INTO reviews SELECT 1, 3000000 + i, 100001 + (i - 1) / 3, 2000000 + i,
    CASE WHEN i % 2 = 0 THEN 'pending' ELSE 'accepted' END, NULL, '', '', NULL, i / 20000.0, i, NULL FROM numbers
    WHERE i <= 20000;
  INSERT INTO drafts SELECT 1, 1000000 + i, '{}', i FROM numbers WHERE i <= 10000;
  INSERT INTO annotator_progress SELECT 1, 1000 + i, 100, 100, 0 FROM numbers WHERE i <= 300;
  INSERT INTO lease_cursors SELECT 1, 1000 + i, 7, 110000 FROM numbers WHERE i <= 300;
)";

constexpr std::string_view kEvents = R"(
  INSERT INTO events SELECT 1, i, 'annotation.submitted', '{}', i FROM numbers;
  INSERT INTO event_heads VALUES (1, 30000), (2, 0);
  INSERT INTO webhooks SELECT 800000 + i, 1 + i % 2, 'https://example.org', 's', '', 0, '[]', 'active', 30000, 0, 0, '',
    i, 1 FROM numbers WHERE i <= 20;
  INSERT INTO dead_letters SELECT 800001, i, CASE WHEN i % 1000 = 0 THEN 'replay' ELSE 'dead' END, 8, 'gone', i
    FROM numbers WHERE i <= 20000;
  INSERT INTO webhook_deliveries SELECT 800001 + i % 20, i, i, 'event', i, i, 1, '["task.done"]', 1, 200, '', 1
    FROM numbers WHERE i <= 20000;
  DROP TABLE numbers;
)";

}  // namespace

void fill_tables(const TestDatabase& database) {
  PlanWatch watch(database);
  if (database->dialect() == store::Dialect::postgres) watch.run_script(kNoStatistics);
  for (const auto part : {kNumbers, kPeople, kProjects, kWork, kEvents}) watch.run_script(part);
}

}  // namespace mizan::test
