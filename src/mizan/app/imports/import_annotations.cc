#include "mizan/app/imports/import_annotations.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "mizan/app/access/audit_log.h"
#include "mizan/app/imports/annotation_rows.h"
#include "mizan/app/work/take_annotation.h"
#include "mizan/store/projects/annotators.h"
#include "mizan/store/projects/project_suppliers.h"
#include "mizan/store/projects/projects.h"
#include "mizan/store/work/tasks.h"

namespace mizan::app {
namespace {

// What every row of an import shares.
struct Import {
  Service& service;
  const Caller& caller;
  const ImportAnnotations& command;
  std::int64_t template_version = 0;
  std::shared_ptr<const TemplateFacts> facts{};
  store::ProjectSupplierRow terms{};
};

struct CheckedRow {
  std::uint64_t line = 0;
  AnnotationRecord record;
  CheckedAnswers answers;
  domain::AnnotationId annotation;
};

enum class Outcome : std::uint8_t { taken, unchanged };

Result<Import> open_import(Service& service, const Caller& caller, const ImportAnnotations& command) {
  MIZAN_CHECK_OK(may_import_annotations(caller, {.project = command.project, .supplier = command.supplier}));
  return service.database().read([&](store::Transaction& tx) -> Result<Import> {
    Import import{.service = service, .caller = caller, .command = command};
    MIZAN_TRY(const auto project, store::find_project(tx, command.project));
    MIZAN_TRY(const auto terms, store::find_project_supplier(tx, command.project, command.supplier));
    if (!project || !terms) return fail(ErrorCode::not_found, "the project has no such supplier");
    if (terms->state != "active")
      return fail(ErrorCode::illegal_transition, "the supplier is suspended on this project");
    if (project->template_version == 0)
      return fail(ErrorCode::not_found, "the project has no template, so there is nothing to answer");
    import.terms = *terms;
    import.template_version = project->template_version;
    MIZAN_TRY(import.facts,
              service.shared<WorkCache>().task_template(tx, command.project, import.template_version));
    return import;
  });
}

Result<std::unique_ptr<dataset::TaskSource>> open_rows(const Import& import) {
  return dataset::open_task_source(
      import.command.read,
      {.format = import.command.format, .plan = [facts = import.facts](const auto& names) {
         return plan_annotation_columns(names, facts->parsed);
       }});
}

Result<CheckedRow> check_row(const Import& import, std::uint64_t line, std::string_view text) {
  CheckedRow row{.line = line, .record = {}, .answers = {}, .annotation = {}};
  MIZAN_TRY(row.record, parse_annotation_record(text));
  MIZAN_TRY(row.answers, check_answers(*import.facts, import.template_version, row.record.answers));
  row.annotation = import.service.ids().make<domain::AnnotationId>();
  return row;
}

Result<domain::AnnotatorId> annotator_of(store::Transaction& tx, const Import& import,
                                         const std::string& contributor) {
  MIZAN_TRY(const auto known, store::find_contributor(tx, import.command.supplier, contributor));
  if (known) return known->annotator_id;
  store::AnnotatorRow row;
  row.annotator_id = import.service.ids().make<domain::AnnotatorId>();
  row.supplier_id = import.command.supplier;
  row.contributor_id = contributor;
  row.state = "active";
  row.created_at = import.service.now();
  MIZAN_TRY(const bool is_new, store::insert_annotator(tx, row));
  if (is_new) return row.annotator_id;
  MIZAN_TRY(const auto made, store::find_contributor(tx, import.command.supplier, contributor));
  if (!made) return fail(ErrorCode::internal, "a contributor is there and is not");
  return made->annotator_id;
}

// What this annotator last said of the task.
std::optional<store::AnnotationRow> earlier_of(const std::vector<store::AnnotationRow>& annotations,
                                               domain::AnnotatorId annotator) {
  std::optional<store::AnnotationRow> earlier;
  for (const store::AnnotationRow& each : annotations)
    if (each.annotator_id == annotator) earlier = each;
  return earlier;
}

Result<Outcome> store_row(store::Transaction& tx, const Import& import, const CheckedRow& row,
                          store::TaskStateRow& task, domain::AnnotatorId annotator) {
  const Instant now = import.service.now();
  const bool is_gold = task.state == rules::TaskState::gold;
  if (!is_gold) {
    ++task.counts.done_count;
    task.counts.wanted_count =
        std::max(task.counts.wanted_count, task.counts.live_count + task.counts.done_count);
  }
  MIZAN_TRY(const auto facts, project_facts(tx, import.service, import.command.project));
  store::AnnotationRow annotation;
  annotation.project_id = import.command.project;
  annotation.annotation_id = row.annotation;
  annotation.task_id = task.task_id;
  annotation.annotator_id = annotator;
  annotation.supplier_id = import.command.supplier;
  annotation.template_version = import.template_version;
  annotation.answers = row.answers.text;
  annotation.duration_us = row.record.duration_us;
  annotation.submitted_at = row.record.submitted_at.value_or(now);
  annotation.price_micros = row.record.price_micros ? row.record.price_micros : import.terms.price_micros;
  annotation.currency = import.terms.currency;
  MIZAN_CHECK_OK(take_annotation(tx, import.service, {.task = task, .project = *facts, .now = now},
                                 {.row = annotation,
                                  .answers = row.answers,
                                  .is_gold_assignment = is_gold,
                                  .rng = import.service.rng()}));
  return Outcome::taken;
}

Result<Outcome> take_row(store::Transaction& tx, const Import& import, const CheckedRow& row) {
  MIZAN_TRY(const auto found,
            store::find_task_by_external_id(tx, import.command.project, row.record.external_id));
  if (!found)
    return fail(ErrorCode::not_found, "the project has no task '" + row.record.external_id + "'",
                "/external_id");
  MIZAN_TRY(auto task, store::lock_task_state(tx, import.command.project, found->task_id));
  if (!task) return fail(ErrorCode::not_found, "the task was taken away", "/external_id");
  if (task->state == rules::TaskState::cancelled)
    return fail(ErrorCode::illegal_transition, "the task was cancelled", "/external_id");
  MIZAN_TRY(const domain::AnnotatorId annotator, annotator_of(tx, import, row.record.contributor_id));
  MIZAN_TRY(const auto annotations, store::annotations_of_task(tx, import.command.project, found->task_id));
  const auto earlier = earlier_of(annotations, annotator);
  if (earlier && earlier->answers == row.answers.text) return Outcome::unchanged;
  if (earlier)
    return fail(ErrorCode::conflict,
                "contributor '" + row.record.contributor_id + "' has answered this task differently before",
                "/answers", "revise annotation " + to_text(earlier->annotation_id) + " instead");
  return store_row(tx, import, row, *task, annotator);
}

// A row's own mistakes, as against the database's.
bool is_of_row(ErrorCode code) {
  return code == ErrorCode::not_found || code == ErrorCode::illegal_transition ||
         code == ErrorCode::conflict || code == ErrorCode::bad_answer;
}

void refuse(const ImportAnnotations& command, std::uint64_t line, Error error, AnnotationImport& import) {
  ++import.refused_count;
  if (import.errors.size() < command.error_limit) import.errors.push_back({line, std::move(error)});
}

// Tasks are locked in the order of the rows; two imports that collide are run again by the store.
Result<void> write_rows(const Import& import, std::span<const CheckedRow> rows, AnnotationImport& total) {
  using Outcomes = std::vector<Result<Outcome>>;
  MIZAN_TRY(const auto outcomes,
            import.service.database().write([&](store::Transaction& tx) -> Result<Outcomes> {
              Outcomes found;
              for (const CheckedRow& row : rows) {
                auto outcome = take_row(tx, import, row);
                if (!outcome && (tx.failure() || !is_of_row(outcome.error().code)))
                  return fail(std::move(outcome).error());
                found.push_back(std::move(outcome));
              }
              return found;
            }));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!outcomes[i]) {
      refuse(import.command, rows[i].line, outcomes[i].error(), total);
    } else {
      ++(*outcomes[i] == Outcome::taken ? total.taken_count : total.unchanged_count);
    }
  }
  return {};
}

Result<void> note_import(const Import& import, const AnnotationImport& total) {
  return import.service.database().write([&](store::Transaction& tx) -> Result<void> {
    const std::string details = R"({"supplier_id":")" + to_text(import.command.supplier) +
                                R"(","taken_count":)" + std::to_string(total.taken_count) + "}";
    return record_audit(tx, import.caller,
                        {.at = import.service.now(),
                         .action = "import_annotations",
                         .subject = to_text(import.command.project),
                         .details = details});
  });
}

}  // namespace

Result<void> may_import_annotations(const Caller& caller, const rules::Scope& target) {
  MIZAN_TRY(const auto grant, authorize(caller, rules::Action::import_annotations, target));
  if (!grant.covers(target.supplier))
    return fail(ErrorCode::forbidden, "these annotations are another supplier's");
  return {};
}

Result<AnnotationImport> import_annotations(Service& service, const Caller& caller,
                                            const ImportAnnotations& command) {
  MIZAN_TRY(const Import import, open_import(service, caller, command));
  AnnotationImport total;
  std::vector<CheckedRow> rows;
  const auto write_block = [&]() -> Result<void> {
    for (std::span<const CheckedRow> rest(rows); !rest.empty();) {
      const std::size_t count = std::min(rest.size(), command.rows_at_once);
      MIZAN_CHECK_OK(write_rows(import, rest.first(count), total));
      rest = rest.subspan(count);
    }
    rows.clear();
    return {};
  };
  const auto take = [&](std::uint64_t line, const Result<std::string_view>& text) {
    auto row = text ? check_row(import, line, *text) : Result<CheckedRow>(fail(text.error()));
    if (row) {
      rows.push_back(*std::move(row));
    } else {
      refuse(command, line, std::move(row).error(), total);
    }
  };
  MIZAN_TRY(const auto source, open_rows(import));
  while (true) {
    MIZAN_TRY(const auto block, source->next());
    if (!block) break;
    block->read_rows(take);
    MIZAN_CHECK_OK(write_block());
  }
  std::sort(total.errors.begin(), total.errors.end(),
            [](const RowError& a, const RowError& b) { return a.line < b.line; });
  if (total.taken_count > 0) MIZAN_CHECK_OK(note_import(import, total));
  return total;
}

}  // namespace mizan::app
