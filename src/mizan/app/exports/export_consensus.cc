#include "mizan/app/exports/export_consensus.h"

#include <array>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "mizan/app/models/live_models.h"
#include "mizan/base/json_writer.h"
#include "mizan/store/projects/projects.h"

namespace mizan::app {
namespace {

using dataset::CellKind;
using dataset::RowCell;

constexpr std::int64_t kStretchRows = 1000;

std::vector<dataset::RowColumnSpec> columns() {
  return {{"task_id"},
          {"external_id"},
          {"state"},
          {"question"},
          {"answer"},
          {"confidence", CellKind::real},
          {"posterior", CellKind::json},
          {"top_share", CellKind::real},
          {"label_count", CellKind::whole},
          {"basis"},
          {"model_version", CellKind::whole},
          {"updated_at"}};
}

class ConsensusExport final : public RowExport {
 public:
  ConsensusExport(Service& service, ExportConsensus command, std::unique_ptr<dataset::RowWriter> writer)
      : RowExport(std::move(writer)), service_(service), command_(std::move(command)) {}

 protected:
  Result<bool> write_stretch() override {
    std::vector<store::ListedConsensus> rows;
    std::shared_ptr<const ProjectClasses> classes;
    MIZAN_CHECK_OK(service_.database().read([&](store::Transaction& tx) -> Result<void> {
      MIZAN_TRY(rows, store::list_consensus(tx, command_.project, command_.filter, page_));
      MIZAN_TRY(classes, service_.shared<LiveModels>().reload_classes(tx, command_.project));
      return {};
    }));
    for (const store::ListedConsensus& row : rows) MIZAN_CHECK_OK(write(row, *classes));
    if (!rows.empty()) {
      page_.after_task = rows.back().row.task;
      page_.after_question = rows.back().row.question;
    }
    return std::ssize(rows) == kStretchRows;
  }

 private:
  Result<void> write(const store::ListedConsensus& listed, const ProjectClasses& classes) {
    const store::ConsensusRow& row = listed.row;
    const std::string task = to_text(row.task), updated_at = to_text(row.updated_at),
                      answer = class_name(classes, row.question, row.class_code),
                      posterior = posterior_text(row, classes);
    const std::array<RowCell, 12> cells{RowCell{task},
                                        RowCell{listed.external_id},
                                        RowCell{listed.state},
                                        RowCell{row.question},
                                        RowCell{answer},
                                        RowCell{row.confidence},
                                        RowCell{posterior},
                                        RowCell{row.top_share},
                                        RowCell{row.label_count},
                                        RowCell{row.basis},
                                        RowCell{row.model_version},
                                        RowCell{updated_at}};
    return writer().write(cells);
  }

  static std::string posterior_text(const store::ConsensusRow& row, const ProjectClasses& classes) {
    std::string text = "{";
    for (std::size_t k = 0; k < row.posterior.size(); ++k) {
      if (k > 0) text += ',';
      append_json_string(text, class_name(classes, row.question, static_cast<std::int64_t>(k)));
      std::array<char, 32> digits{};
      const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), row.posterior[k]).ptr;
      text.append(":").append(digits.data(), end);
    }
    return text += '}';
  }

  Service& service_;
  const ExportConsensus command_;
  store::ConsensusPage page_{.limit = kStretchRows};
};

}  // namespace

Result<std::unique_ptr<RowExport>> export_consensus(Service& service, const Caller& caller,
                                                    const ExportConsensus& command) {
  MIZAN_CHECK_OK(authorize(caller, rules::Action::export_consensus, rules::at(command.project)));
  MIZAN_CHECK_OK(service.database().read([&](store::Transaction& tx) -> Result<void> {
    MIZAN_TRY(const auto project, store::find_project(tx, command.project));
    if (!project) return fail(ErrorCode::not_found, "there is no such project");
    return {};
  }));
  MIZAN_TRY(auto writer, dataset::open_row_writer(command.format, columns()));
  return std::unique_ptr<RowExport>(new ConsensusExport(service, command, std::move(writer)));
}

}  // namespace mizan::app
