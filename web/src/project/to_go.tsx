// How many more annotations until the target, what they would cost, and how long they take at the present rate.
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { formatMoney, formatNumber, formatPercent } from "../i18n/format";
import { Card } from "../ui";
import { paceOf, roughly } from "./pace";

type Overview = Schemas["ProjectOverview"];

export function ToGo({ overview }: { overview: Overview }) {
  const { t } = useTranslation("console");
  const found = overview.to_go;
  if (!found) return null;
  const [low = 0, high = 0] = found.annotation_count_interval;
  const { perDay, price } = paceOf(overview, new Date());
  const money = price ? { low: low * price.micros, likely: found.annotation_count * price.micros, high: high * price.micros } : null;
  return (
    <Card title={found.target_posterior === null ? t("to_go") : t("to_go_target", { target: formatPercent(found.target_posterior, 0) })}>
      {high === 0 ? (
        <p>{t("nothing_to_go")}</p>
      ) : (
        <dl className="facts">
          <div className="fact">
            <dt>{t("more_annotations")}</dt>
            <dd>
              <strong>{t("about", { shown: formatNumber(roughly(found.annotation_count)) })}</strong>{" "}
              <span className="muted small">{t("between", { low: formatNumber(roughly(low)), high: formatNumber(roughly(high)) })}</span>
            </dd>
          </div>
          {money && price ? (
            <div className="fact">
              <dt>{t("more_cost")}</dt>
              <dd>
                <strong>{t("about", { shown: formatMoney(roughly(money.likely), price.currency) })}</strong>{" "}
                <span className="muted small">{t("between", { low: formatMoney(roughly(money.low), price.currency), high: formatMoney(roughly(money.high), price.currency) })}</span>
              </dd>
            </div>
          ) : null}
          <div className="fact">
            <dt>{t("more_days")}</dt>
            <dd>{perDay > 0 ? t("at_this_rate", { days: formatNumber(Math.ceil(found.annotation_count / perDay)), rate: formatNumber(roughly(perDay)) }) : t("no_rate")}</dd>
          </div>
        </dl>
      )}
      <p className="muted small">{t("to_go_text")}</p>
    </Card>
  );
}
