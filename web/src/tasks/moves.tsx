// How what is believed of a question moved: a line for each class from label to label, and the same as a list.
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { formatDateTime, formatNumber, formatPercent } from "../i18n/format";
import { Legend } from "../project/charts";
import { Badge } from "../ui";
import "./tasks.css";

type Belief = Schemas["QuestionConsensus"];
const kMostLines = 6;

interface MovesProps {
  belief: Belief;
  nameOf: (id: string) => string;
  /** What a class is called. */
  titleOf: (value: string) => string;
}

export function Moves({ belief, nameOf, titleOf }: MovesProps) {
  const { t } = useTranslation("console");
  const classes = Object.entries(belief.posterior)
    .sort((a, b) => b[1] - a[1])
    .slice(0, kMostLines)
    .map(([name]) => name);
  return (
    <section className="stack tight" aria-label={belief.question}>
      <div className="row between">
        <h3>
          <bdi>{belief.question}</bdi>
        </h3>
        <Badge tone={belief.basis === "labels" ? "accent" : "warn"}>{t(`basis_${belief.basis}`)}</Badge>
      </div>
      <p className="belief">
        <bdi>{titleOf(belief.answer)}</bdi> <bdi className="number">{formatPercent(belief.confidence)}</bdi>
      </p>
      {belief.moves.length > 0 ? (
        <>
          <Lines belief={belief} classes={classes} />
          <Legend names={classes.map(titleOf)} />
          <Steps belief={belief} nameOf={nameOf} titleOf={titleOf} />
        </>
      ) : null}
      <p className="small muted">
        {t("belief_from", { count: belief.label_count, model: formatNumber(belief.model_version), date: formatDateTime(belief.updated_at) })}
      </p>
    </section>
  );
}

function Lines({ belief, classes }: { belief: Belief; classes: readonly string[] }) {
  const even = 1 / Math.max(1, Object.keys(belief.posterior).length);
  const last = belief.moves.length;
  const x = (step: number) => (last === 0 ? 0 : (100 * step) / last);
  return (
    <svg className="move-lines" viewBox="0 0 100 60" preserveAspectRatio="none" aria-hidden="true">
      {[0, 0.5, 1].map((share) => (
        <line key={share} x1="0" x2="100" y1={58 - 56 * share} y2={58 - 56 * share} className="grid-line" />
      ))}
      {classes.map((name, index) => (
        <polyline
          key={name}
          fill="none"
          stroke={`var(--series-${String((index % 6) + 1)})`}
          points={[even, ...belief.moves.map((move) => move.posterior[name] ?? 0)].map((share, step) => `${String(x(step))},${String(58 - 56 * share)}`).join(" ")}
        />
      ))}
    </svg>
  );
}

function Steps({ belief, nameOf, titleOf }: MovesProps) {
  const { t } = useTranslation("console");
  return (
    <ol className="moves">
      {belief.moves.map((move, index) => {
        const before = belief.moves[index - 1];
        const turned = before !== undefined && before.answer !== move.answer;
        return (
          <li key={move.annotation_id}>
            <bdi>{nameOf(move.annotator_id)}</bdi>
            <span>
              {t("said")} <bdi className="strong">{titleOf(move.label)}</bdi>
            </span>
            <span className="number">
              <bdi>{titleOf(move.answer)}</bdi> <bdi>{formatPercent(move.confidence)}</bdi>
              {turned ? <Badge tone="warn">{t("turned")}</Badge> : null}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
