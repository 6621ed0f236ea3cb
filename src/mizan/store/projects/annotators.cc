#include "mizan/store/projects/annotators.h"

#include <algorithm>

#include "mizan/domain/text_list.h"

namespace mizan::store {
namespace {

#define MIZAN_SELECT_ANNOTATORS                                                                            \
  "SELECT annotator_id, supplier_id, contributor_id, account_id, state, languages, domains, "              \
  "created_at_us, version, (SELECT name FROM accounts WHERE accounts.account_id = annotators.account_id) " \
  "FROM annotators "

constexpr Query kInsertAnnotator{
    "insert_annotator",
    "INSERT INTO annotators (annotator_id, supplier_id, contributor_id, account_id, "
    "state, languages, domains, created_at_us, version) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING"};
constexpr Query kFindAnnotator{"find_annotator", MIZAN_SELECT_ANNOTATORS "WHERE annotator_id = $1"};
constexpr Query kFindAnnotatorOfAccount{"find_annotator_of_account",
                                        MIZAN_SELECT_ANNOTATORS "WHERE account_id = $1"};
constexpr Query kFindContributor{"find_contributor",
                                 MIZAN_SELECT_ANNOTATORS "WHERE supplier_id = $1 AND contributor_id = $2"};
constexpr Query kAnnotatorsOfSupplier{"annotators_of_supplier", MIZAN_SELECT_ANNOTATORS
                                      "WHERE supplier_id = $1 AND annotator_id > $2 "
                                      "ORDER BY annotator_id LIMIT $3"};
#undef MIZAN_SELECT_ANNOTATORS

constexpr Query kUpdateAnnotator{"update_annotator",
                                 "UPDATE annotators SET account_id = $3, state = $4, languages = $5, "
                                 "domains = $6, version = $2 + 1 WHERE annotator_id = $1 AND version = $2"};

constexpr Query kInsertTeam{"insert_annotator_team",
                            "INSERT INTO annotator_teams (annotator_id, team) VALUES ($1, $2) "
                            "ON CONFLICT DO NOTHING"};
constexpr Query kDeleteTeams{"delete_annotator_teams", "DELETE FROM annotator_teams WHERE annotator_id = $1"};
constexpr Query kTeamsOfAnnotator{"teams_of_annotator",
                                  "SELECT team FROM annotator_teams WHERE annotator_id = $1 ORDER BY team"};
constexpr Query kTeamsOfSupplier{"teams_of_supplier",
                                 "SELECT t.annotator_id, t.team FROM annotators a "
                                 "JOIN annotator_teams t ON t.annotator_id = a.annotator_id "
                                 "WHERE a.supplier_id = $1 AND a.annotator_id > $2 AND a.annotator_id <= $3 "
                                 "ORDER BY t.annotator_id, t.team"};

AnnotatorRow read_annotator(const Row& row) {
  return {.annotator_id = row.id<domain::AnnotatorId>(0),
          .supplier_id = row.id<domain::SupplierId>(1),
          .contributor_id = row.string(2),
          .account_id = row.maybe_id<domain::AccountId>(3),
          .name = row.is_null(9) ? std::string() : row.string(9),
          .state = row.string(4),
          .languages = domain::text_list(row.text(5)),
          .domains = domain::text_list(row.text(6)),
          .created_at = row.instant(7),
          .version = row.integer(8)};
}

Result<void> insert_teams(Transaction& tx, const AnnotatorRow& row) {
  for (const std::string& team : row.teams) MIZAN_CHECK_OK(tx.queue(kInsertTeam, row.annotator_id, team));
  return {};
}

Result<std::optional<AnnotatorRow>> with_teams(Transaction& tx, Result<std::optional<AnnotatorRow>> found) {
  if (!found || !*found) return found;
  MIZAN_TRY((**found).teams,
            tx.rows(
                kTeamsOfAnnotator, [](const Row& row) { return row.string(0); }, (**found).annotator_id));
  return found;
}

// Both lists are by annotator_id.
Result<void> add_teams(Transaction& tx, domain::SupplierId supplier_id, std::vector<AnnotatorRow>& rows) {
  if (rows.empty()) return {};
  auto annotator = rows.begin();
  auto sink = [&](const Row& row) -> Result<void> {
    const auto id = row.id<domain::AnnotatorId>(0);
    annotator =
        std::find_if(annotator, rows.end(), [&](const auto& each) { return each.annotator_id == id; });
    if (annotator != rows.end()) annotator->teams.push_back(row.string(1));
    return {};
  };
  const domain::AnnotatorId before{rows.front().annotator_id.value - 1};
  return tx.for_each(kTeamsOfSupplier, sink, supplier_id, before, rows.back().annotator_id);
}

}  // namespace

Result<bool> insert_annotator(Transaction& tx, const AnnotatorRow& row) {
  MIZAN_TRY(const auto count,
            tx.execute(kInsertAnnotator, row.annotator_id, row.supplier_id, row.contributor_id,
                       row.account_id, row.state, domain::text_list_json(row.languages),
                       domain::text_list_json(row.domains), row.created_at, row.version));
  if (count == 0) {
    MIZAN_TRY(const auto found, find_contributor(tx, row.supplier_id, row.contributor_id));
    return found && found->annotator_id == row.annotator_id;
  }
  MIZAN_CHECK_OK(insert_teams(tx, row));
  return true;
}

Result<std::optional<AnnotatorRow>> find_annotator(Transaction& tx, domain::AnnotatorId id) {
  return with_teams(tx, tx.maybe_row(kFindAnnotator, read_annotator, id));
}

Result<std::optional<AnnotatorRow>> find_annotator_of_account(Transaction& tx, domain::AccountId account_id) {
  return with_teams(tx, tx.maybe_row(kFindAnnotatorOfAccount, read_annotator, account_id));
}

Result<std::optional<AnnotatorRow>> find_contributor(Transaction& tx, domain::SupplierId supplier_id,
                                                     std::string_view contributor_id) {
  return with_teams(tx, tx.maybe_row(kFindContributor, read_annotator, supplier_id, contributor_id));
}

Result<std::vector<AnnotatorRow>> annotators_of_supplier(Transaction& tx, const AnnotatorPage& page) {
  MIZAN_TRY(auto rows,
            tx.rows(kAnnotatorsOfSupplier, read_annotator, page.supplier_id, page.after, page.limit));
  MIZAN_CHECK_OK(add_teams(tx, page.supplier_id, rows));
  return rows;
}

Result<bool> update_annotator(Transaction& tx, const AnnotatorRow& row) {
  MIZAN_TRY(const auto count,
            tx.execute(kUpdateAnnotator, row.annotator_id, row.version, row.account_id, row.state,
                       domain::text_list_json(row.languages), domain::text_list_json(row.domains)));
  if (count == 0) return false;
  MIZAN_CHECK_OK(tx.queue(kDeleteTeams, row.annotator_id));
  MIZAN_CHECK_OK(insert_teams(tx, row));
  return true;
}

}  // namespace mizan::store
