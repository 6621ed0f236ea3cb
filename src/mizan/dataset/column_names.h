// The names by which a column's role is recognised. Written bare: lower case, letters and digits only.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace mizan::dataset {

/// "Task ID" → "taskid". Bytes of non-ASCII letters are kept.
[[nodiscard]] std::string bare_name(std::string_view name);

/// A bare duration's unit, and what is left of the name: "durationms" → {"duration", 0.001}.
struct UnitName {
  std::string_view stem;
  double scale = 1;
  bool has_unit = false;
};
[[nodiscard]] UnitName split_unit(std::string_view bare);

/// "priceusd" → {"price", "USD"}; the code is empty when the name has none.
struct CurrencyName {
  std::string_view stem;
  std::string_view code;
};
[[nodiscard]] CurrencyName split_currency(std::string_view bare);

// Each role has names that say it plainly and names that say it only where no plain one is there. Within one
// list an earlier name goes before a later one where the role does not insist on a single candidate.
inline constexpr auto kTaskNames = std::to_array<std::string_view>(
    {"taskid",     "task",        "itemid",   "item",         "unitid",         "unit",     "hitid",
     "hit",        "exampleid",   "example",  "questionid",   "documentid",     "document", "docid",
     "doc",        "promptid",    "sampleid", "sample",       "instanceid",     "instance", "recordid",
     "record",     "externalid",  "pairid",   "comparisonid", "conversationid", "imageid",  "textid",
     "sentenceid", "datapointid", "datapoint"});
inline constexpr auto kWeakTaskNames =
    std::to_array<std::string_view>({"id", "key", "rowid", "row", "index", "url", "filename", "file", "image",
                                     "question", "prompt", "text", "sentence", "object", "input"});
inline constexpr auto kAnnotatorNames = std::to_array<std::string_view>(
    {"annotatorid", "annotator",     "workerid",       "worker",     "raterid",  "rater",    "coderid",
     "coder",       "labelerid",     "labeler",        "labellerid", "labeller", "judgeid",  "judge",
     "completedby", "annotatedby",   "labeledby",      "labelledby", "ratedby",  "turkerid", "turker",
     "assessorid",  "assessor",      "evaluatorid",    "evaluator",  "graderid", "grader",   "contributorid",
     "contributor", "annotatorname", "annotatoremail", "workername", "performer"});
inline constexpr auto kWeakAnnotatorNames = std::to_array<std::string_view>(
    {"userid", "user", "username", "useremail", "email", "personid", "person", "participantid", "participant",
     "respondentid", "respondent", "reviewerid", "reviewer", "expert", "doctor", "model"});
inline constexpr auto kLabelNames =
    std::to_array<std::string_view>({"label", "answer", "response", "rating", "choice", "judgment",
                                     "judgement", "class", "category", "annotation", "verdict", "vote"});
inline constexpr auto kWeakLabelNames =
    std::to_array<std::string_view>({"value", "score", "grade", "decision", "winner", "preference",
                                     "selection", "tag", "result", "output", "y"});
inline constexpr auto kSupplierNames =
    std::to_array<std::string_view>({"supplierid", "supplier", "suppliername", "vendorid", "vendor",
                                     "vendorname", "providerid", "provider", "pool", "poolid", "workforce"});
inline constexpr auto kWeakSupplierNames = std::to_array<std::string_view>(
    {"team", "teamid", "platform", "source", "channel", "company", "organization", "organisation", "agency",
     "annotatortype", "annotatorgroup"});
inline constexpr auto kPriceNames =
    std::to_array<std::string_view>({"price", "cost", "reward", "payment", "pay", "paid", "fee", "unitprice",
                                     "unitcost", "priceperlabel", "costperlabel"});
inline constexpr auto kSecondsNames = std::to_array<std::string_view>(
    {"seconds", "duration", "timespent", "worktime", "worktimein", "leadtime", "timetaken", "timeontask",
     "elapsed", "elapsedtime", "responsetime", "answertime", "handlingtime", "latency", "secondsspent"});
inline constexpr auto kTimeNames = std::to_array<std::string_view>(
    {"submittedat", "submittime", "submissiontime", "completedat", "annotatedat", "labeledat", "labelledat",
     "timestamp", "time", "datetime", "createdat", "created", "date", "updatedat"});
inline constexpr auto kGoldNames = std::to_array<std::string_view>(
    {"gold", "goldlabel", "goldanswer", "goldstandard", "golden", "goldenlabel", "goldenanswer", "truth",
     "groundtruth", "groundtruthlabel", "truelabel", "trueclass", "trueanswer", "expected", "expectedlabel",
     "expectedanswer", "correctanswer", "correctlabel"});

// "label_tone": the label of the question "tone". What follows must not be one of the words below, which say
// something about a label instead.
inline constexpr auto kLabelPrefixes = std::to_array<std::string_view>(
    {"label", "answer", "response", "rating", "choice", "judgment", "question"});
inline constexpr auto kNotQuestions = std::to_array<std::string_view>(
    {"id",         "ids",         "time",        "timestamp", "at",     "date",    "by",
     "confidence", "probability", "seconds",     "duration",  "reason", "reasons", "comment",
     "comments",   "note",        "notes",       "count",     "source", "url",     "type",
     "version",    "text",        "explanation", "rationale", "order",  "number",  "index"});
inline constexpr auto kGoldMarks = std::to_array<std::string_view>(
    {"gold", "golden", "truth", "groundtruth", "expected", "true", "correct"});

}  // namespace mizan::dataset
