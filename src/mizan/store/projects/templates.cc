#include "mizan/store/projects/templates.h"

namespace mizan::store {
namespace {

constexpr Query kInsertTemplate{"insert_template",
                                "INSERT INTO templates (project_id, template_version, document, account_id, "
                                "created_at_us) VALUES ($1, $2, $3, $4, $5)"};
constexpr Query kFindTemplate{"find_template",
                              "SELECT project_id, template_version, document, account_id, created_at_us "
                              "FROM templates WHERE project_id = $1 AND template_version = $2"};
constexpr Query kTemplateVersions{"template_versions",
                                  "SELECT project_id, template_version, '', account_id, created_at_us "
                                  "FROM templates WHERE project_id = $1 ORDER BY template_version"};

TemplateRow read_template(const Row& row) {
  return {.project_id = row.id<domain::ProjectId>(0),
          .template_version = row.integer(1),
          .document = row.string(2),
          .account_id = row.id<domain::AccountId>(3),
          .created_at = row.instant(4)};
}

}  // namespace

Result<void> insert_template(Transaction& tx, const TemplateRow& row) {
  MIZAN_CHECK_OK(tx.execute(kInsertTemplate, row.project_id, row.template_version, row.document,
                            row.account_id, row.created_at));
  return {};
}

Result<std::optional<TemplateRow>> find_template(Transaction& tx, domain::ProjectId project_id,
                                                 std::int64_t template_version) {
  return tx.maybe_row(kFindTemplate, read_template, project_id, template_version);
}

Result<std::vector<TemplateRow>> template_versions(Transaction& tx, domain::ProjectId project_id) {
  return tx.rows(kTemplateVersions, read_template, project_id);
}

}  // namespace mizan::store
