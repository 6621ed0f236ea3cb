#include "mizan/app/exports/export_annotations.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "mizan/store/projects/projects.h"
#include "mizan/store/work/export_rows.h"

namespace mizan::app {
namespace {

using dataset::CellKind;
using dataset::RowCell;

constexpr std::int64_t kStretchRows = 1000;
/// The columns that name a task come last: suppliers do not get them.
constexpr std::size_t kSupplierColumns = 15;

std::vector<dataset::RowColumnSpec> columns(bool is_for_lab) {
  std::vector<dataset::RowColumnSpec> all{{"annotation_id"},
                                          {"annotator_id"},
                                          {"supplier_id"},
                                          {"supplier"},
                                          {"assignment_id"},
                                          {"template_version", CellKind::whole},
                                          {"answers", CellKind::json},
                                          {"leased_at"},
                                          {"submitted_at"},
                                          {"duration_us", CellKind::whole},
                                          {"price_micros", CellKind::whole},
                                          {"currency"},
                                          {"revises"},
                                          {"is_newest", CellKind::truth},
                                          {"review"},
                                          {"task_id"},
                                          {"external_id"},
                                          {"gold", CellKind::json}};
  if (!is_for_lab) all.resize(kSupplierColumns);
  return all;
}

template <class T>
std::string maybe_text_of(const std::optional<T>& value) {
  return value ? to_text(*value) : std::string();
}
RowCell text_cell(std::string_view text) {
  return text.empty() ? RowCell{} : RowCell{text};
}
RowCell count_cell(const std::optional<std::int64_t>& count) {
  return count ? RowCell{*count} : RowCell{};
}

class AnnotationExport final : public RowExport {
 public:
  AnnotationExport(Service& service, store::ExportedSet set, std::unique_ptr<dataset::RowWriter> writer)
      : RowExport(std::move(writer)),
        service_(service),
        set_(std::move(set)),
        column_count_(columns(set_.suppliers.empty()).size()) {}

 protected:
  Result<bool> write_stretch() override {
    MIZAN_TRY(const auto rows, service_.database().read([&](store::Transaction& tx) {
      return store::annotations_to_export(tx, set_, after_, kStretchRows);
    }));
    for (const store::ExportedAnnotation& row : rows) MIZAN_CHECK_OK(write(row));
    if (!rows.empty()) after_ = rows.back().annotation.annotation_id;
    return std::ssize(rows) == kStretchRows;
  }

 private:
  Result<void> write(const store::ExportedAnnotation& row) {
    const store::AnnotationRow& annotation = row.annotation;
    const std::string id = to_text(annotation.annotation_id), annotator = to_text(annotation.annotator_id),
                      supplier = to_text(annotation.supplier_id), task = to_text(annotation.task_id),
                      assignment = maybe_text_of(annotation.assignment_id),
                      leased_at = maybe_text_of(row.leased_at),
                      submitted_at = to_text(annotation.submitted_at),
                      revises = maybe_text_of(annotation.revises);
    const std::array<RowCell, kSupplierColumns + 3> cells{
        RowCell{id},
        RowCell{annotator},
        RowCell{supplier},
        RowCell{row.supplier_name},
        text_cell(assignment),
        RowCell{annotation.template_version},
        RowCell{annotation.answers},
        text_cell(leased_at),
        RowCell{submitted_at},
        count_cell(annotation.duration_us),
        count_cell(annotation.price_micros),
        text_cell(annotation.currency),
        text_cell(revises),
        RowCell{row.is_newest},
        text_cell(row.review_state),
        RowCell{task},
        RowCell{row.external_id},
        row.gold ? RowCell{std::string_view(*row.gold)} : RowCell{}};
    return writer().write(std::span(cells).first(column_count_));
  }

  Service& service_;
  const store::ExportedSet set_;
  const std::size_t column_count_;
  domain::AnnotationId after_{};
};

}  // namespace

Result<std::unique_ptr<RowExport>> export_annotations(Service& service, const Caller& caller,
                                                      const ExportAnnotations& command) {
  MIZAN_TRY(auto grant, authorize(caller, rules::Action::export_annotations, rules::at(command.project)));
  store::ExportedSet set{.project_id = command.project, .newest_only = command.newest_only};
  if (grant.reach != rules::Reach::all) {
    if (grant.suppliers.empty()) return fail(ErrorCode::forbidden, "this account exports no annotations");
    set.suppliers = std::move(grant.suppliers);
  }
  MIZAN_CHECK_OK(service.database().read([&](store::Transaction& tx) -> Result<void> {
    MIZAN_TRY(const auto project, store::find_project(tx, command.project));
    if (!project) return fail(ErrorCode::not_found, "there is no such project");
    MIZAN_TRY(set.last, store::newest_annotation(tx, command.project));
    return {};
  }));
  MIZAN_TRY(auto writer, dataset::open_row_writer(command.format, columns(set.suppliers.empty())));
  return std::unique_ptr<RowExport>(new AnnotationExport(service, std::move(set), std::move(writer)));
}

}  // namespace mizan::app
