// "Is A better than B, and how sure?": each pair on the tasks that both labelled.
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { formatNumber, formatPercent } from "../i18n/format";
import { useSettings } from "../i18n/settings";
import { Badge } from "../ui";
import { isKnown, isolated, roundedCount, signed } from "./figures";

type Pair = Schemas["ScorecardPair"];
interface PairsProps {
  pairs: readonly Pair[];
  nameOf: (id: string) => string;
}

export function Pairs({ pairs, nameOf }: PairsProps) {
  const { t } = useTranslation("suppliers");
  // One scale for all, so that their bars can be compared.
  const most = Math.max(0.05, ...pairs.flatMap((pair) => pair.difference_interval.map((end) => Math.abs(end ?? 0)))) * 1.05;
  if (!pairs.length) return <p className="muted">{t("no_pair")}</p>;
  return (
    <ul className="pairs">
      {pairs.map((pair) => (
        <li key={pair.supplier_a + pair.supplier_b} className="stack tight">
          <Verdict pair={pair} nameOf={nameOf} most={most} />
        </li>
      ))}
    </ul>
  );
}

/** The better one first, so that every difference reads as a lead. */
function turned(pair: Pair): Pair {
  if ((pair.difference ?? 0) >= 0) return pair;
  const [low, high] = pair.difference_interval;
  return {
    ...pair,
    supplier_a: pair.supplier_b,
    supplier_b: pair.supplier_a,
    difference: pair.difference === null ? null : -pair.difference,
    difference_interval: [high === null || high === undefined ? null : -high, low === null || low === undefined ? null : -low],
    probability_a_better: pair.probability_a_better === null ? null : 1 - pair.probability_a_better,
    conclusion: pair.conclusion === "a_better" ? "b_better" : pair.conclusion === "b_better" ? "a_better" : "not_known",
  };
}

function Verdict({ pair, nameOf, most }: { pair: Pair; nameOf: (id: string) => string; most: number }) {
  const { t } = useTranslation("suppliers");
  const seen = turned(pair);
  const names = { a: isolated(nameOf(seen.supplier_a)), b: isolated(nameOf(seen.supplier_b)) };
  const ends = seen.difference_interval;
  const isSure = seen.conclusion !== "not_known";
  return (
    <>
      <div className="row between">
        <strong>{t(isSure ? "a_better" : "not_known", names)}</strong>
        <Badge tone={isSure ? "good" : "warn"}>{t(isSure ? "is_sure" : "is_open")}</Badge>
      </div>
      <p className="small">
        {seen.probability_a_better === null ? t("cannot_be_known") : t("how_sure", { ...names, shown: sureText(seen.probability_a_better) })}
      </p>
      {seen.difference !== null && isKnown(ends) ? (
        <>
          <Difference value={seen.difference} ends={ends} most={most} />
          <p className="muted small number">
            <bdi>{t("difference", { shown: signed(seen.difference * 100, 1), low: signed(ends[0] * 100, 1), high: signed(ends[1] * 100, 1) })}</bdi>
          </p>
        </>
      ) : null}
      <p className="muted small">{t("shared_tasks", { number: formatNumber(seen.task_count), gold: formatNumber(seen.gold_task_count) })}</p>
      {isSure ? null : <UntilKnown forecast={seen.until_known} />}
    </>
  );
}

/** What it would take to know; said plainly where more tasks would not do. */
function UntilKnown({ forecast }: { forecast: Schemas["UntilKnown"] }) {
  const { t } = useTranslation("suppliers");
  const count = (tasks: number | null | undefined) => (tasks === null || tasks === undefined ? `>\u00a0${formatNumber(1_000_000)}` : formatNumber(roundedCount(tasks)));
  const [low, high] = forecast.further_task_count_range;
  if (forecast.state === "known") return null;
  return (
    <p className="small">
      {forecast.state === "reachable"
        ? t("until_reachable", { number: count(forecast.further_task_count), low: count(low), high: count(high) })
        : t(`until_${forecast.state}`)}
    </p>
  );
}

/** Never "100 %": what statistics say is not certain. */
function sureText(probability: number): string {
  if (probability > 0.999) return `>\u00a0${formatPercent(0.999)}`;
  return formatPercent(probability, probability > 0.99 ? 1 : 0);
}

/** The difference with its interval around the line of no difference. */
function Difference({ value, ends, most }: { value: number; ends: readonly [number, number]; most: number }) {
  const { language } = useSettings();
  const at = (share: number) => (language === "ar" ? -1 : 1) * (share / most) * 100;
  return (
    <svg className="difference" viewBox="-100 -8 200 16" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <line className="grid-line" x1="-100" x2="100" y1="0" y2="0" />
      <line className="axis-line" x1="0" x2="0" y1="-8" y2="8" />
      <line className="span" x1={at(ends[0])} x2={at(ends[1])} y1="0" y2="0" />
      <line className="middle" x1={at(value)} x2={at(value)} y1="-6" y2="6" />
    </svg>
  );
}
