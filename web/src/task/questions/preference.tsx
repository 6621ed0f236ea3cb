import { useId } from "react";
import { useTranslation } from "react-i18next";
import { textAt, type PreferenceAnswer, type PreferenceQuestion } from "../template";
import type { QuestionProps } from "./props";

/** A point of the scale: which side, and how strongly. */
interface Point {
  winner: "a" | "b" | "tie";
  strength?: number;
}

/** From "A much better" to "B much better", with the tie between them. */
export function pointsOf({ levels = 2, tie }: PreferenceQuestion): Point[] {
  const most = levels / 2;
  const side = (winner: "a" | "b") =>
    Array.from({ length: most }, (_, index): Point => (most > 1 ? { winner, strength: index + 1 } : { winner }));
  return [...side("a").reverse(), ...(tie ? [{ winner: "tie" as const }] : []), ...side("b")];
}

const isSame = (point: Point, answer: PreferenceAnswer | undefined): boolean =>
  answer?.winner === point.winner && (point.strength === undefined || point.strength === answer.strength);

export function Preference({ question, answer, onChange, payload, labelId, isReadOnly }: QuestionProps<PreferenceQuestion, PreferenceAnswer>) {
  const { t } = useTranslation("task");
  const name = useId();
  const rewriteId = useId();
  const points = pointsOf(question);
  const most = (question.levels ?? 2) / 2;
  const nameOf = ({ winner, strength }: Point): string => {
    if (winner === "tie") return t("tie");
    const side = winner.toUpperCase();
    if (!strength) return t("better_plain", { side });
    const word = strength === 1 ? t("better_barely", { side }) : strength === most ? t("better_much", { side }) : null;
    return word ?? t(strength === 2 ? "better_somewhat" : "better_clearly", { side });
  };
  const pick = (point: Point) => onChange({ ...point, ...(point.winner !== "tie" && answer?.rewrite && answer.winner === point.winner ? { rewrite: answer.rewrite } : {}) });
  const side = answer?.winner === "a" ? question.a : question.b;
  return (
    <div className="stack tight">
      <div role="radiogroup" aria-labelledby={labelId} className="preference">
        {points.map((point, index) => (
          <label key={point.winner + String(point.strength)} className="point" data-side={point.winner} data-picked={isSame(point, answer)} title={nameOf(point)}>
            <input type="radio" className="sr-only" name={name} checked={isSame(point, answer)} disabled={isReadOnly} onChange={() => pick(point)} aria-label={nameOf(point)} />
            <span aria-hidden="true">{point.winner === "tie" ? "=" : point.winner.toUpperCase()}</span>
            <span className="strength" aria-hidden="true">
              {"•".repeat(point.strength ?? 0)}
            </span>
            {index < 9 && !isReadOnly ? <kbd className="digit-key" aria-hidden="true">{index + 1}</kbd> : null}
          </label>
        ))}
      </div>
      <p className="small muted" aria-live="polite">
        {answer ? nameOf(answer as Point) : t("preference_hint")}
      </p>
      {question.rewrite && answer && answer.winner !== "tie" ? (
        <div className="field">
          <label htmlFor={rewriteId}>{t("rewrite", { side: answer.winner.toUpperCase() })}</label>
          <textarea
            id={rewriteId}
            className="input"
            dir="auto"
            rows={4}
            readOnly={isReadOnly}
            value={answer.rewrite ?? ""}
            onChange={(event) => onChange({ ...answer, rewrite: event.target.value || undefined })}
          />
          {!answer.rewrite && textAt(payload, side) && !isReadOnly ? (
            <button type="button" className="link small" onClick={() => onChange({ ...answer, rewrite: textAt(payload, side) })}>
              {t("rewrite_start")}
            </button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
