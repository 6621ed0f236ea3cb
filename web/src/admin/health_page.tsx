// Whether the server can take requests, and what it counts about itself.
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { offline, problemOf } from "../api/problem";
import { useRead } from "../api/query";
import { formatCompact, formatNumber } from "../i18n/format";
import { Badge, Card, Loaded, Stat, Table } from "../ui";
import { AdminFrame } from "./frame";
import { operationsOf, parseMetrics, type Operation, type Sample } from "./metrics";

async function readReadiness() {
  const { data, error, response } = await api.GET("/readyz");
  const found = data ?? (response.status === 503 ? error : undefined);
  if (!found) throw response.status ? problemOf(response, error) : offline();
  return found as unknown as NonNullable<typeof data>;
}

async function readMetrics(): Promise<Sample[]> {
  const response = await fetch("/metrics", { credentials: "same-origin" });
  if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
  return parseMetrics(await response.text());
}

const kDoctor = "mizan doctor";
const kEvery = { refetchInterval: 5_000, staleTime: 0 };

export default function HealthPage() {
  const { t } = useTranslation("people");
  const readiness = useRead(["readyz"], readReadiness, kEvery);
  const metrics = useRead(["metrics"], readMetrics, kEvery);
  return (
    <AdminFrame title={t("health")}>
      <Card title={t("readiness")}>
        <Loaded query={readiness}>
          {({ is_ready, checks }) => (
            <div className="stack tight">
              <div>
                <Badge tone={is_ready ? "good" : "bad"}>{is_ready ? t("is_ready") : t("is_not_ready")}</Badge>
              </div>
              <dl className="facts">
                {Object.entries(checks).map(([name, holds]) => (
                  <div key={name} className="fact">
                    <dt>{t(`check_${name}` as "check_database_answers", { defaultValue: name })}</dt>
                    <dd>
                      <Badge tone={holds ? "good" : "bad"}>{holds ? t("yes") : t("no")}</Badge>
                    </dd>
                  </div>
                ))}
              </dl>
            </div>
          )}
        </Loaded>
      </Card>
      <Loaded query={metrics}>
        {(samples) => (
          <>
            <Counts samples={samples} />
            <Gauges samples={samples} />
          </>
        )}
      </Loaded>
      <p className="muted">
        {t("doctor_text")} <code dir="ltr">{kDoctor}</code>
      </p>
    </AdminFrame>
  );
}

function Counts({ samples }: { samples: readonly Sample[] }) {
  const { t } = useTranslation("people");
  const rows = operationsOf(samples);
  const sum = (pick: (row: Operation) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const requests = sum((row) => row.requests);
  const seconds = sum((row) => row.seconds);
  return (
    <Card title={t("since_start")}>
      <div className="stack">
        <div className="grid">
          <Stat label={t("requests")} value={formatNumber(requests)} />
          <Stat label={t("failed_requests")} value={formatNumber(sum((row) => row.failed))} />
          <Stat label={t("mean_time")} value={requests ? t("milliseconds", { shown: formatNumber((seconds / requests) * 1000, 1) }) : "–"} />
        </div>
        <Table
          label={t("by_operation")}
          rows={rows}
          keyOf={(row) => row.name}
          columns={[
            { id: "name", title: t("operation"), cell: (row) => <code dir="ltr">{row.name}</code> },
            { id: "requests", title: t("requests"), isNumber: true, cell: (row) => <bdi>{formatNumber(row.requests)}</bdi> },
            { id: "refused", title: t("refused_requests"), isNumber: true, cell: (row) => <bdi>{formatNumber(row.refused)}</bdi> },
            { id: "failed", title: t("failed_requests"), isNumber: true, cell: (row) => <bdi>{formatNumber(row.failed)}</bdi> },
            { id: "time", title: t("mean_time"), isNumber: true, cell: (row) => <bdi>{t("milliseconds", { shown: formatNumber((row.seconds / row.requests) * 1000, 1) })}</bdi> },
          ]}
        />
      </div>
    </Card>
  );
}

/** What the server holds right now: connections, requests under way, background work that failed. */
function Gauges({ samples }: { samples: readonly Sample[] }) {
  const { t } = useTranslation("people");
  const shown = samples.filter(({ name }) => !/^mizan_http_request(s_total|_duration)/.test(name));
  if (!shown.length) return null;
  return (
    <Card title={t("right_now")}>
      <Table
        label={t("right_now")}
        rows={shown}
        keyOf={(row) => row.name + JSON.stringify(row.labels)}
        columns={[
          { id: "name", title: t("figure"), cell: (row) => <code dir="ltr">{[row.name, ...Object.values(row.labels)].join(" ")}</code> },
          { id: "value", title: t("value"), isNumber: true, cell: (row) => <bdi>{Math.abs(row.value) < 1e6 ? formatNumber(row.value) : formatCompact(row.value)}</bdi> },
        ]}
      />
    </Card>
  );
}
