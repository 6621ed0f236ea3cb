// Accuracy over time: a dot and its interval for each stretch of labels, and the same as a table.
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { formatDate, formatNumber, formatPercent } from "../i18n/format";
import { Share } from "../project/charts";
import { Table } from "../ui";

type Period = Schemas["QualityPeriod"];

export function Periods({ periods }: { periods: readonly Period[] }) {
  const { t } = useTranslation("console");
  const lowest = Math.min(1, ...periods.map((period) => period.accuracy_interval[0] ?? 1));
  const from = Math.max(0, Math.floor(lowest * 10) / 10);
  const place = (share: number) => `${String((100 * (Math.max(from, Math.min(1, share)) - from)) / (1 - from))}%`;
  return (
    <div className="stack">
      <div className="periods" aria-hidden="true">
        <div className="periods-axis">
          <bdi>{formatPercent(1, 0)}</bdi>
          <bdi>{formatPercent(from, 0)}</bdi>
        </div>
        <div className="periods-plot">
          {periods.map((period, index) => {
            const [low, high] = period.accuracy_interval;
            return (
              <div key={index} className="period" title={`${formatDate(period.from)}: ${period.accuracy === null ? "—" : formatPercent(period.accuracy)}`}>
                {low !== null && low !== undefined && high !== null && high !== undefined ? (
                  <span className="period-range" style={{ insetBlockEnd: place(low), blockSize: `calc(${place(high)} - ${place(low)})` }} />
                ) : null}
                {period.accuracy === null ? null : <span className="period-dot" style={{ insetBlockEnd: place(period.accuracy) }} />}
              </div>
            );
          })}
        </div>
      </div>
      <Table
        label={t("over_time")}
        rows={periods.map((period, index) => ({ period, index }))}
        keyOf={({ index }) => String(index)}
        columns={[
          {
            id: "when",
            title: `${t("from")} – ${t("to")}`,
            cell: ({ period }) => (
              <span className="stack tight">
                <bdi className="number">{formatDate(period.from)}</bdi>
                {formatDate(period.to) === formatDate(period.from) ? null : <bdi className="number">{formatDate(period.to)}</bdi>}
              </span>
            ),
          },
          { id: "accuracy", title: t("accuracy"), cell: ({ period }) => <Share value={period.accuracy} interval={period.accuracy_interval} /> },
          { id: "labels", title: t("labels"), isNumber: true, cell: ({ period }) => formatNumber(period.label_count) },
        ]}
      />
    </div>
  );
}
