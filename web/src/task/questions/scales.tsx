// Ratings, numbers and texts.
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../../i18n/format";
import type { NumberQuestion, RatingQuestion, TextQuestion } from "../template";
import type { QuestionProps } from "./props";

export function Rating({ question, answer, onChange, labelId, isReadOnly }: QuestionProps<RatingQuestion, number>) {
  const name = useId();
  const { min = 1, max = 5, titles } = question;
  const levels = Array.from({ length: max - min + 1 }, (_, index) => min + index);
  return (
    <div role="radiogroup" aria-labelledby={labelId} className="rating">
      {levels.map((level, index) => (
        <label key={level} className="level" data-picked={level === answer}>
          <input
            type="radio"
            className="sr-only"
            name={name}
            checked={level === answer}
            disabled={isReadOnly}
            onChange={() => onChange(level)}
            aria-label={titles?.[index] ? `${formatNumber(level)} ${titles[index]}` : formatNumber(level)}
          />
          <span className="level-number">{formatNumber(level)}</span>
          {titles?.[index] ? (
            <span className="level-title" dir="auto">
              {titles[index]}
            </span>
          ) : null}
        </label>
      ))}
    </div>
  );
}

export function NumberInput({ question, answer, onChange, labelId, isReadOnly }: QuestionProps<NumberQuestion, number>) {
  return (
    <div className="row">
      <input
        className="input number-input"
        type="number"
        dir="ltr"
        aria-labelledby={labelId}
        value={answer ?? ""}
        min={question.min}
        max={question.max}
        step={question.whole ? 1 : "any"}
        readOnly={isReadOnly}
        onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.valueAsNumber)}
      />
      {question.unit ? <bdi className="muted">{question.unit}</bdi> : null}
    </div>
  );
}

export function TextInput({ question, answer, onChange, labelId, isReadOnly }: QuestionProps<TextQuestion, string>) {
  const { t } = useTranslation("task");
  const { multiline, min_length: min = 0, max_length: max = 20_000 } = question;
  const length = Array.from(answer ?? "").length;
  const shared = {
    className: "input",
    dir: "auto",
    "aria-labelledby": labelId,
    value: answer ?? "",
    readOnly: isReadOnly,
  } as const;
  const take = (text: string) => onChange(text === "" ? undefined : text);
  return (
    <div className="stack tight">
      {multiline ? (
        <textarea {...shared} rows={5} onChange={(event) => take(event.target.value)} />
      ) : (
        <input {...shared} type="text" onChange={(event) => take(event.target.value)} />
      )}
      {!isReadOnly && (length < min || length > 0.9 * max) ? (
        <span className="hint">{length < min ? t("length_min", { length, min }) : t("length_max", { length, max })}</span>
      ) : null}
    </div>
  );
}
