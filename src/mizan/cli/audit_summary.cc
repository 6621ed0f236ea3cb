#include "mizan/cli/audit_summary.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "mizan/app/message_text.h"

namespace mizan::cli {
namespace {

using app::count_text;
using app::Estimate;
using app::interval_text;
using app::Message;
using app::message_text;
using app::percent_text;
using Align = TextTable::Align;

constexpr std::size_t kIndent = 2;
constexpr std::size_t kNameWidth = 28;
constexpr std::size_t kMostRows = 8;

// Writes one report; holds what every part of it needs.
class Summary {
 public:
  Summary(const app::AuditReport& report, const Terminal& terminal) : report_(report), terminal_(terminal) {}

  std::string text() && {
    input();
    for (const app::QuestionReport& question : report_.questions) {
      if (report_.questions.size() > 1) heading("Question: " + fitted(question.name, 60));
      verdict(question);
      suppliers(question);
      pairs(question);
      mix(question);
      annotators(question);
      consensus(question);
      uncertain_tasks(question);
      likely_errors(question);
      copied_pairs(question);
      agreement(question);
      method(question);
      notes(question);
    }
    oddities();
    return std::move(out_);
  }

 private:
  void heading(std::string_view title) { out_ += "\n" + terminal_.styled(title, Style::bold) + "\n"; }
  void line(std::string_view text) { out_ += std::string(kIndent, ' ') + std::string(text) + "\n"; }
  void paragraph(std::string_view bullet, std::string_view text) {
    const std::size_t indent = kIndent + display_width(bullet);
    line(std::string(bullet) + wrapped(text, terminal_.width - indent, indent));
  }
  [[nodiscard]] std::string words(std::string_view prefix, const Message& message) const {
    return message_text(prefix, message, report_.input.currency);
  }
  [[nodiscard]] static std::string unit(const char* name, std::uint64_t count) {
    return message_text("unit", Message{name}.with("count", static_cast<std::int64_t>(count)));
  }
  [[nodiscard]] std::string money(const std::optional<double>& amount) const {
    return amount ? app::money_text(*amount, report_.input.currency) : "–";
  }

  void input() {
    const app::ReportInput& in = report_.input;
    out_ += terminal_.styled("mizan audit", Style::accent) + "  " +
            terminal_.styled(fitted(in.name, 60), Style::bold) + "\n";
    std::string read =
        fmt::format("{} from {} ({})", unit("rows", in.used_row_count), in.format,
                    unit("tasks", in.task_count) + ", " + unit("annotators", in.annotator_count));
    if (in.supplier_count > 0) read += " of " + unit("suppliers", in.supplier_count);
    if (in.row_count > in.used_row_count)
      read += ", " + unit("rows", in.row_count - in.used_row_count) + " refused";
    line(read);
    std::string roles;
    for (const app::ReportColumn& column : in.columns)
      if (column.role != "ignored")
        roles += (roles.empty() ? "" : ", ") + column.role + " = " + fitted(column.name, kNameWidth);
    if (!roles.empty()) line(terminal_.styled(roles, Style::dim));
  }

  void verdict(const app::QuestionReport& question) {
    heading("What the labels say");
    int number = 1;
    for (const Message& sentence : question.verdict)
      paragraph(fmt::format("{}. ", number++), words("verdict", sentence));
  }

  // An interval as a picture: ──●── on a line from `from` to 100 %.
  [[nodiscard]] static std::string dot_plot(const Estimate& estimate, double from) {
    constexpr std::size_t kCells = 24;
    std::string picture;
    if (!estimate.value || !estimate.low || !estimate.high) return picture;
    const auto cell = [from](double share) {
      const double place = std::clamp((share - from) / (1 - from), 0.0, 1.0) * (kCells - 1);
      return static_cast<std::size_t>(std::lround(place));
    };
    for (std::size_t i = 0; i < kCells; ++i)
      picture += i == cell(*estimate.value)                              ? "●"
                 : i >= cell(*estimate.low) && i <= cell(*estimate.high) ? "─"
                                                                         : "·";
    return picture;
  }

  void suppliers(const app::QuestionReport& question) {
    if (question.suppliers.empty()) return;
    heading("Suppliers");
    double from = 1;
    for (const auto& supplier : question.suppliers) from = std::min(from, supplier.accuracy.low.value_or(1));
    from = std::max(0.0, std::floor(from * 10) / 10 - 0.1);
    TextTable table(
        {Align::left, Align::left, Align::left, Align::right, Align::right, Align::right, Align::left});
    table.add({"", "accuracy (95 %)", fmt::format("{:.0f} %{:>19}", 100 * from, "100 %"), "labels",
               "annotators", "per correct", "basis"});
    for (const auto& supplier : question.suppliers)
      table.add({fitted(supplier.supplier, kNameWidth), interval_text(supplier.accuracy),
                 dot_plot(supplier.accuracy, from), count_text(supplier.label_count),
                 count_text(supplier.annotator_count), money(supplier.cost_per_correct.value),
                 message_text("basis", supplier.basis)});
    out_ += table.text(terminal_, kIndent);
  }

  void pairs(const app::QuestionReport& question) {
    if (question.pairs.empty()) return;
    heading("Is one better?");
    TextTable table({Align::left, Align::left, Align::right, Align::left});
    table.add({"", "difference (95 %)", "shared tasks", "answer"});
    std::size_t shown = 0;
    for (const auto& pair : question.pairs) {
      if (shown++ == kMostRows) break;
      const Message difference = Message{"difference"}
                                     .with("value", pair.difference.value.value_or(0))
                                     .with("low", pair.difference.low.value_or(-1))
                                     .with("high", pair.difference.high.value_or(1));
      std::string answer = words(
          "conclusion",
          Message{pair.conclusion}.with("supplier_a", pair.supplier_a).with("supplier_b", pair.supplier_b));
      table.add({fitted(pair.supplier_a, kNameWidth) + " − " + fitted(pair.supplier_b, kNameWidth),
                 pair.difference.value ? words("format", difference) : message_text("format", "unknown"),
                 count_text(pair.task_count), answer + " (" + message_text("basis", pair.basis) + ")"});
    }
    out_ += table.text(terminal_, kIndent);
    if (question.pairs.size() > kMostRows)
      line(fmt::format("… and {} more in the report", question.pairs.size() - kMostRows));
  }

  void mix(const app::QuestionReport& question) {
    if (!question.mix || !question.mix->cheapest) return;
    const app::MixOptionReport& best = question.mix->options[*question.mix->cheapest];
    heading("Cheapest mix");
    paragraph("", fmt::format("{} would have been right for {} of the tasks at {} a task.",
                              app::mix_text(best.supplier_mix), interval_text(best.accuracy),
                              money(best.cost_per_task)));
  }

  void annotators(const app::QuestionReport& question) {
    TextTable table({Align::left, Align::left, Align::left, Align::right, Align::left});
    table.add({"", "supplier", "accuracy (95 %)", "labels", "the answers …"});
    std::size_t flagged = 0;
    for (const auto& annotator : question.annotators) {
      if (annotator.flags.empty() || ++flagged > kMostRows) continue;
      std::string evidence;
      for (const auto& flag : annotator.flags)
        evidence += (evidence.empty() ? "" : "; ") + words("flag", flag.evidence);
      table.add({fitted(annotator.annotator, kNameWidth),
                 fitted(annotator.supplier.value_or("–"), kNameWidth), interval_text(annotator.accuracy),
                 count_text(annotator.label_count), fitted(evidence, 70)});
    }
    if (flagged == 0) return;
    heading(fmt::format("Annotators worth a look ({} of {})", flagged, count_text(question.annotator_count)));
    out_ += table.text(terminal_, kIndent);
    if (flagged > kMostRows) line(fmt::format("… and {} more in the report", flagged - kMostRows));
  }

  void consensus(const app::QuestionReport& question) {
    const app::ConsensusReport& consensus = question.consensus;
    heading("Consensus");
    line(fmt::format("mean confidence {} over {}, {} labels per task",
                     percent_text(consensus.mean_confidence), unit("tasks", question.task_count),
                     app::number_text(question.labels_per_task)));
    static constexpr const char* kBars[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    std::uint64_t most = 1;
    for (const auto count : consensus.confidence_histogram) most = std::max(most, count);
    std::string bars;
    for (const auto count : consensus.confidence_histogram)
      bars += kBars[count == 0 ? 0 : 1 + 7 * count / most > 8 ? 8 : 1 + 7 * count / most];
    line("confidence 0 " + bars + " 100 %");
    if (const auto& calibration = consensus.calibration)
      line(fmt::format(
          "on {} of gold, each with its own answer hidden: right {}, calibration error {}, log-loss {}",
          unit("tasks", calibration->task_count), interval_text(calibration->accuracy),
          percent_text(calibration->ece), app::number_text(calibration->log_loss)));
  }

  void uncertain_tasks(const app::QuestionReport& question) {
    if (question.uncertain_tasks.empty() || question.consensus.uncertain_task_count == 0) return;
    heading(fmt::format("Least certain tasks ({} under 70 % sure): an expert helps most here",
                        count_text(question.consensus.uncertain_task_count)));
    TextTable table({Align::left, Align::left, Align::right, Align::right});
    table.add({"task", "consensus", "confidence", "labels"});
    for (std::size_t i = 0; i < std::min<std::size_t>(5, question.uncertain_tasks.size()); ++i) {
      const auto& task = question.uncertain_tasks[i];
      table.add({fitted(task.task, kNameWidth), fitted(task.consensus, kNameWidth),
                 percent_text(task.confidence), count_text(task.label_count)});
    }
    out_ += table.text(terminal_, kIndent);
  }

  void likely_errors(const app::QuestionReport& question) {
    if (question.likely_error_count == 0) return;
    heading(fmt::format("Labels that are likely wrong ({})", count_text(question.likely_error_count)));
    TextTable table({Align::left, Align::left, Align::left, Align::left, Align::right});
    table.add({"task", "annotator", "label", "consensus", "wrong with"});
    for (std::size_t i = 0; i < std::min<std::size_t>(5, question.likely_errors.size()); ++i) {
      const auto& error = question.likely_errors[i];
      table.add({fitted(error.task, kNameWidth), fitted(error.annotator, kNameWidth),
                 fitted(error.label, kNameWidth), fitted(error.consensus, kNameWidth),
                 app::sure_text(error.probability_wrong)});
    }
    out_ += table.text(terminal_, kIndent);
  }

  void copied_pairs(const app::QuestionReport& question) {
    if (question.copied_pairs.empty()) return;
    heading(fmt::format("Pairs that agree more than chance allows ({})", question.copied_pairs.size()));
    TextTable table({Align::left, Align::right, Align::right, Align::right});
    table.add({"", "shared tasks", "same answer", "expected"});
    for (std::size_t i = 0; i < std::min(kMostRows, question.copied_pairs.size()); ++i) {
      const auto& pair = question.copied_pairs[i];
      table.add({fitted(pair.annotator_a, kNameWidth) + " & " + fitted(pair.annotator_b, kNameWidth),
                 count_text(pair.shared_task_count), percent_text(pair.agreement),
                 percent_text(pair.expected_agreement)});
    }
    out_ += table.text(terminal_, kIndent);
  }

  void agreement(const app::QuestionReport& question) {
    std::string all;
    for (const auto& each : question.agreement) {
      if (each.scope != "all") continue;
      const std::string value =
          each.value.value
              ? fmt::format("{:.2f} ({:.2f} to {:.2f})", *each.value.value, each.value.low.value_or(-1),
                            each.value.high.value_or(1))
              : "undefined, because " + message_text("undefined", each.undefined_because.value_or(""));
      all += (all.empty() ? "" : " · ") + message_text("coefficient", each.coefficient) +
             (each.weights == "nominal" ? " " : " (" + each.weights + ") ") + value;
    }
    if (all.empty()) return;
    heading("Agreement");
    paragraph("", all);
  }

  void method(const app::QuestionReport& question) {
    heading("Method");
    std::string parts;
    for (const auto& part : question.method.parts)
      parts += fmt::format("{}{} {:.0f} %", parts.empty() ? "" : ", ", message_text("method", part.method),
                           100 * part.weight);
    paragraph("", message_text("method", question.method.name) + (parts.empty() ? "" : ": " + parts));
    for (const Message& reason : question.method.reasons) paragraph("· ", words("reason", reason));
  }

  void notes(const app::QuestionReport& question) {
    if (question.notes.empty()) return;
    heading("What cannot be known, and what these figures lean on");
    for (const Message& note : question.notes) paragraph("· ", words("note", note));
  }

  void oddities() {
    if (report_.input.oddities.empty()) return;
    heading("What was odd in the file");
    for (const auto& oddity : report_.input.oddities) {
      paragraph("· ",
                words("oddity", Message{oddity.code}.with("count", static_cast<std::int64_t>(oddity.count))));
      for (std::size_t i = 0; i < std::min<std::size_t>(2, oddity.examples.size()); ++i)
        line("    " + terminal_.styled(fitted(oddity.examples[i], terminal_.width - 6), Style::dim));
    }
  }

  const app::AuditReport& report_;
  const Terminal& terminal_;
  std::string out_;
};

}  // namespace

std::string audit_summary(const app::AuditReport& report, const Terminal& terminal) {
  return Summary(report, terminal).text();
}

}  // namespace mizan::cli
