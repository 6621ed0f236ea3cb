import { useId } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber, formatPercent } from "../../i18n/format";
import { Badge } from "../../ui";
import { rubricScore } from "../answered";
import { shownTitle, verdictsOf, type Criterion, type CriterionAnswer, type RubricAnswer, type RubricQuestion } from "../template";
import type { QuestionProps } from "./props";

export function Rubric({ question, answer = {}, onChange, labelId, isReadOnly }: QuestionProps<RubricQuestion, RubricAnswer>) {
  const { t } = useTranslation("task");
  const { points, most } = rubricScore(question, answer);
  return (
    <div role="group" aria-labelledby={labelId} className="rubric">
      {question.criteria.map((criterion) => (
        <CriterionRow
          key={criterion.name}
          question={question}
          criterion={criterion}
          answer={answer[criterion.name] ?? {}}
          isReadOnly={isReadOnly}
          onChange={(each) => onChange({ ...answer, [criterion.name]: each })}
        />
      ))}
      <p className="rubric-score" aria-live="polite">
        {t("rubric_points", { points: formatNumber(points, points % 1 ? 1 : 0), most: formatNumber(most, most % 1 ? 1 : 0) })}
        {most > 0 ? <bdi className="muted">{formatPercent(points / most, 0)}</bdi> : null}
      </p>
    </div>
  );
}

interface CriterionRowProps {
  question: RubricQuestion;
  criterion: Criterion;
  answer: CriterionAnswer;
  onChange: (answer: CriterionAnswer) => void;
  isReadOnly: boolean | undefined;
}

function CriterionRow({ question, criterion, answer, onChange, isReadOnly }: CriterionRowProps) {
  const { t } = useTranslation("task");
  const id = useId();
  const { weight = 1 } = criterion;
  const sign = weight > 0 ? "+" : "−";
  return (
    <fieldset className="criterion">
      <legend>
        <span dir="auto">{shownTitle(criterion)}</span>
        <Badge tone={weight < 0 ? "bad" : "plain"}>
          <bdi dir="ltr">
            {sign}
            {formatNumber(Math.abs(weight), weight % 1 ? 1 : 0)}
          </bdi>
        </Badge>
      </legend>
      {criterion.help ? (
        <p className="hint" dir="auto">
          {criterion.help}
        </p>
      ) : null}
      <div className="segments">
        {verdictsOf(question).map((verdict) => (
          <label key={verdict.value} className="segment" data-picked={answer.verdict === verdict.value}>
            <input type="radio" className="sr-only" name={id} disabled={isReadOnly} checked={answer.verdict === verdict.value} onChange={() => onChange({ ...answer, verdict: verdict.value })} />
            <span dir="auto">{verdict.title ?? (verdict.value === "met" ? t("met") : verdict.value === "not_met" ? t("not_met") : shownTitle(verdict))}</span>
          </label>
        ))}
      </div>
      {question.reasons === "none" ? null : (
        <input
          className="input reason"
          type="text"
          dir="auto"
          readOnly={isReadOnly}
          aria-label={t("reason_for", { title: shownTitle(criterion) })}
          placeholder={question.reasons === "required" ? t("reason") : t("reason_optional")}
          value={answer.reason ?? ""}
          onChange={(event) => onChange({ ...answer, reason: event.target.value || undefined })}
        />
      )}
    </fieldset>
  );
}
