// The form of one question.
import { useTranslation } from "react-i18next";
import type { Question } from "../task/template";
import { Check, Field, Select } from "../ui";
import { kQuestionTypes, newQuestion } from "./changes";
import { MistakeNote, PartButtons, type Mistake } from "./form";
import { criterionLines, isTree, optionLines, parseCriteria, parseOptions } from "./lines";
import { LinesField } from "./lines_field";

interface QuestionFormProps {
  question: Question;
  mistake: Mistake | null;
  onChange: (question: Question) => void;
  onUp: (() => void) | null;
  onRemove: (() => void) | null;
}

export function QuestionForm({ question, mistake, onChange, onUp, onRemove }: QuestionFormProps) {
  const { t } = useTranslation("console");
  return (
    <div className="part" role="group" aria-label={question.title ?? question.name}>
      {mistake ? <MistakeNote mistake={mistake} /> : null}
      <div className="part-row">
        <Field label={t("name")} dir="ltr" value={question.name} onChange={(name) => onChange({ ...question, name })} />
        <Select label={t("kind")} value={question.type} options={kQuestionTypes.map((type) => ({ value: type, label: t(`question_${type}`) }))} onChange={(type) => onChange(newQuestion(type, [], question))} />
        <PartButtons onUp={onUp} onRemove={onRemove} />
      </div>
      <Field label={t("title")} value={question.title ?? ""} onChange={(title) => onChange({ ...question, title: title || undefined })} />
      <Field label={t("help")} value={question.help ?? ""} onChange={(help) => onChange({ ...question, help: help || undefined })} />
      <OwnFields question={question} onChange={onChange} />
      <Check label={t("required")} isSelected={question.required !== false} onChange={(isRequired) => onChange({ ...question, required: isRequired ? undefined : false })} />
      {question.show_if ? <p className="small muted">{t("has_condition")}</p> : null}
    </div>
  );
}

type OwnFieldsProps = Pick<QuestionFormProps, "question" | "onChange">;

function OwnFields({ question, onChange }: OwnFieldsProps) {
  const { t } = useTranslation("console");
  const number = (value: string): number | undefined => (value === "" || Number.isNaN(Number(value)) ? undefined : Number(value));
  switch (question.type) {
    case "choice":
    case "choices":
      if (isTree(question.options)) return <p className="small muted">{t("tree_as_json")}</p>;
      return <LinesField label={t("options")} hint={t("options_hint")} text={optionLines(question.options)} onChange={(text) => onChange({ ...question, options: parseOptions(text, question.options) })} />;
    case "ranking":
      return <LinesField label={t("options")} hint={t("options_hint")} text={optionLines(question.options)} onChange={(text) => onChange({ ...question, options: parseOptions(text, question.options) })} />;
    case "spans":
    case "boxes":
      return (
        <>
          <Field label={t("path")} dir="ltr" value={question.path} onChange={(path) => onChange({ ...question, path })} />
          <LinesField label={t("marks_with")} hint={t("options_hint")} text={optionLines(question.labels)} onChange={(text) => onChange({ ...question, labels: parseOptions(text, question.labels) })} />
        </>
      );
    case "rubric":
      return <LinesField label={t("criteria")} hint={t("criteria_hint")} text={criterionLines(question.criteria)} onChange={(text) => onChange({ ...question, criteria: parseCriteria(text, question.criteria) })} />;
    case "preference":
      return (
        <div className="part-row">
          <Select
            label={t("levels")}
            value={String(question.levels ?? 2)}
            options={["2", "4", "8"].map((value) => ({ value, label: t("levels_count", { count: Number(value) }) }))}
            onChange={(value) => onChange({ ...question, levels: Number(value) as 2 | 4 | 8 })}
          />
          <Check label={t("tie")} isSelected={Boolean(question.tie)} onChange={(tie) => onChange({ ...question, tie })} />
          <Check label={t("rewrite")} isSelected={Boolean(question.rewrite)} onChange={(rewrite) => onChange({ ...question, rewrite })} />
        </div>
      );
    case "rating":
    case "number":
      return (
        <div className="part-row">
          <Field label={t("lowest")} type="number" value={String(question.min ?? "")} onChange={(value) => onChange({ ...question, min: number(value) })} />
          <Field label={t("highest")} type="number" value={String(question.max ?? "")} onChange={(value) => onChange({ ...question, max: number(value) })} />
        </div>
      );
    case "text":
      return <Check label={t("multiline")} isSelected={Boolean(question.multiline)} onChange={(multiline) => onChange({ ...question, multiline })} />;
    default:
      return null;
  }
}
