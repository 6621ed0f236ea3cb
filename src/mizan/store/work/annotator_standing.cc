#include "mizan/store/work/annotator_standing.h"

namespace mizan::store {
namespace {

constexpr Query kFindStanding{
    "find_standing",
    "SELECT a.supplier_id, a.state, s.state, COALESCE(ps.state, ''), p.state, p.version, p.template_version, "
    "a.languages, a.domains, CASE WHEN a.account_id IS NULL THEN 0 ELSE 1 END, "
    "(SELECT COUNT(*) FROM assignments l WHERE l.project_id = p.project_id "
    "AND l.annotator_id = a.annotator_id AND l.state = 'live'), "
    "COALESCE(g.leased_count, 0), COALESCE(g.submitted_count, 0), COALESCE(g.cursors_reset_at_us, 0), "
    "ps.granted_fields, ps.price_micros, COALESCE(ps.currency, '') "
    "FROM annotators a JOIN suppliers s ON s.supplier_id = a.supplier_id "
    "JOIN projects p ON p.project_id = $1 "
    "LEFT JOIN project_suppliers ps ON ps.project_id = p.project_id AND ps.supplier_id = a.supplier_id "
    "LEFT JOIN annotator_progress g ON g.project_id = p.project_id AND g.annotator_id = a.annotator_id "
    "WHERE a.annotator_id = $2"};
constexpr Query kFindTeams{"find_teams",
                           "SELECT team FROM annotator_teams WHERE annotator_id = $1 ORDER BY team"};
// PostgreSQL alone runs it. Two annotators whose numbers meet in one key only wait for each other.
constexpr Query kHoldProgress{"hold_progress", "SELECT pg_advisory_xact_lock($1 # $2)"};
constexpr Query kAddProgress{
    "add_progress",
    "INSERT INTO annotator_progress (project_id, annotator_id, leased_count, submitted_count, "
    "cursors_reset_at_us) VALUES ($1, $2, $3, $4, 0) ON CONFLICT (project_id, annotator_id) "
    "DO UPDATE SET leased_count = annotator_progress.leased_count + excluded.leased_count, "
    "submitted_count = annotator_progress.submitted_count + excluded.submitted_count"};
constexpr Query kNoteCursorsReset{
    "note_cursors_reset",
    "INSERT INTO annotator_progress (project_id, annotator_id, leased_count, submitted_count, "
    "cursors_reset_at_us) VALUES ($1, $2, 0, 0, $3) ON CONFLICT (project_id, annotator_id) "
    "DO UPDATE SET cursors_reset_at_us = excluded.cursors_reset_at_us"};

}  // namespace

Result<std::optional<StandingRow>> find_standing(Transaction& tx, domain::ProjectId project,
                                                 domain::AnnotatorId annotator) {
  return tx.maybe_row(
      kFindStanding,
      [](const Row& row) {
        return StandingRow{.supplier_id = row.id<domain::SupplierId>(0),
                           .annotator_state = row.string(1),
                           .supplier_state = row.string(2),
                           .project_supplier_state = row.string(3),
                           .project_state = row.string(4),
                           .project_version = row.integer(5),
                           .template_version = row.integer(6),
                           .languages = row.string(7),
                           .domains = row.string(8),
                           .has_account = row.boolean(9),
                           .granted_fields = row.maybe_text(14),
                           .price_micros = row.maybe_integer(15),
                           .currency = row.string(16),
                           .live_count = row.integer(10),
                           .leased_count = row.integer(11),
                           .submitted_count = row.integer(12),
                           .cursors_reset_at = row.instant(13)};
      },
      project, annotator);
}

Result<std::vector<std::string>> find_teams(Transaction& tx, domain::AnnotatorId annotator) {
  return tx.rows(
      kFindTeams, [](const Row& row) { return row.string(0); }, annotator);
}

Result<void> hold_progress(Transaction& tx, domain::ProjectId project, domain::AnnotatorId annotator) {
  if (tx.dialect() == Dialect::sqlite) return {};  // one writer
  return tx.queue(kHoldProgress, project, annotator);
}

Result<void> add_progress(Transaction& tx, const ProgressStep& step) {
  return tx.queue(kAddProgress, step.project_id, step.annotator_id, step.leased, step.submitted);
}

Result<void> note_cursors_reset(Transaction& tx, domain::ProjectId project, domain::AnnotatorId annotator,
                                Instant now) {
  return tx.queue(kNoteCursorsReset, project, annotator, now);
}

}  // namespace mizan::store
