// A project at a glance: how far, how good now, what it cost, where annotators disagree. Follows the project live.
import { useTranslation } from "react-i18next";
import { Link, useParams } from "wouter";
import { api, take, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { formatDate, formatDay, formatMoney, formatNumber, formatPercent } from "../i18n/format";
import { useMe } from "../session/store";
import { Badge, Card, Empty, LinkButton, Loaded, Stat } from "../ui";
import { Bars, Columns, Legend } from "./charts";
import { ProjectFrame, useLive } from "./frame";
import { useProgress, useProject, useQuality, useSupplierNames } from "./reads";
import { changesProject, seesQuality } from "./rights";
import { ToGo } from "./to_go";

const kLive = ["progress", "quality", "overview"] as const;
const kStates = ["open", "full", "done", "escalated", "held", "cancelled", "gold"] as const;
const kTones = { open: "accent", full: "accent", done: "good", escalated: "warn", held: "plain", cancelled: "plain", gold: "warn" } as const;

export default function OverviewPage() {
  const { projectId = "" } = useParams<{ projectId: string }>();
  const { t } = useTranslation("console");
  const me = useMe();
  const project = useProject(projectId);
  const progress = useProgress(projectId);
  useLive(projectId, kLive);
  const actions = changesProject(me) ? (
    <LinkButton to={`/projects/${projectId}/import`} kind="primary">
      {t("import_tasks")}
    </LinkButton>
  ) : null;
  return (
    <ProjectFrame projectId={projectId} actions={actions}>
      {project.data && project.data.state !== "active" ? (
        <p className="notice" data-tone="warn">
          {t(`project_${project.data.state}_text`)}
        </p>
      ) : null}
      <Loaded query={progress}>
        {(found) => {
          const all = found.tasks.reduce((sum, each) => sum + each.task_count, 0);
          return all === 0 ? <Start projectId={projectId} hasTemplate={(project.data?.template_version ?? 0) > 0} /> : <Figures projectId={projectId} progress={found} />;
        }}
      </Loaded>
    </ProjectFrame>
  );
}

function Start({ projectId, hasTemplate }: { projectId: string; hasTemplate: boolean }) {
  const { t } = useTranslation("console");
  const base = `/projects/${projectId}`;
  return (
    <Empty title={t("start_title")} text={t("start_text")}>
      <div className="row">
        <LinkButton to={`${base}/template`} kind={hasTemplate ? "plain" : "primary"}>
          {hasTemplate ? t("start_template_again") : t("start_template")}
        </LinkButton>
        <LinkButton to={`${base}/import`} kind={hasTemplate ? "primary" : "plain"}>
          {t("import_tasks")}
        </LinkButton>
        <LinkButton to={`${base}/suppliers`}>{t("start_suppliers")}</LinkButton>
      </div>
    </Empty>
  );
}

type Progress = Schemas["ProjectProgress"];

function Figures({ projectId, progress }: { projectId: string; progress: Progress }) {
  const me = useMe();
  const overview = useRead(["overview", projectId], () =>
    take(api.GET("/api/v1/projects/{project_id}/overview", { params: { path: { project_id: projectId }, query: { days: 14 } } })),
  );
  return (
    <>
      <Totals projectId={projectId} progress={progress} overview={overview.data} />
      <div className="two">
        <div className="stack">
          <Funnel projectId={projectId} progress={progress} />
          {overview.data ? <ToGo overview={overview.data} /> : null}
          <Loaded query={overview}>{(found) => <Spend spend={found.spend} />}</Loaded>
        </div>
        <div className="stack">
          <Loaded query={overview}>{(found) => <Activity days={found.days} />}</Loaded>
          {seesQuality(me) ? <Loaded query={overview}>{(found) => <Certainty projectId={projectId} bins={found.confidence} />}</Loaded> : null}
        </div>
      </div>
    </>
  );
}

type Overview = Schemas["ProjectOverview"];

function Totals({ projectId, progress, overview }: { projectId: string; progress: Progress; overview: Overview | undefined }) {
  const { t } = useTranslation("console");
  const quality = useQuality(projectId);
  const counted = progress.tasks.filter((each) => each.state !== "gold" && each.state !== "cancelled");
  const all = counted.reduce((sum, each) => sum + each.task_count, 0);
  const done = counted.find((each) => each.state === "done")?.task_count ?? 0;
  // Gold answers are annotations too, and are paid for: progress does not count them.
  const annotations = overview?.spend.reduce((sum, each) => sum + each.annotation_count, 0) ?? 0;
  const live = progress.tasks.reduce((sum, each) => sum + each.live_count, 0);
  const money = new Map<string, { micros: number; count: number }>();
  for (const each of overview?.spend ?? []) {
    const before = money.get(each.currency) ?? { micros: 0, count: 0 };
    if (each.priced_count) money.set(each.currency, { micros: before.micros + each.price_micros, count: before.count + each.priced_count });
  }
  return (
    <div className="stats">
      <Stat label={t("tasks_done")} value={formatPercent(all ? done / all : 0)} note={t("of", { part: formatNumber(done), whole: formatNumber(all) })} />
      {(quality.data?.questions ?? []).slice(0, 3).map((each) => (
        <Stat
          key={each.question}
          label={t("quality_of", { question: each.question })}
          value={formatPercent(each.accuracy)}
          interval={[each.accuracy_interval[0] ?? 0, each.accuracy_interval[1] ?? 1]}
          note={t("disagreement_is", { share: formatPercent(1 - each.mean_top_share), count: each.label_count })}
        />
      ))}
      <Stat label={t("annotations")} value={formatNumber(annotations)} note={t("being_answered", { count: live })} />
      {[...money].map(([currency, { micros, count }]) => (
        <Stat key={currency} label={t("cost")} value={formatMoney(micros, currency)} note={t("cost_each", { money: formatMoney(micros / count, currency) })} />
      ))}
    </div>
  );
}

function Funnel({ projectId, progress }: { projectId: string; progress: Progress }) {
  const { t } = useTranslation("console");
  const bars = kStates.flatMap((state) => {
    const found = progress.tasks.find((each) => each.state === state);
    if (!found) return [];
    const link = <Link href={`/projects/${projectId}/tasks?state=${state}`}>{t(`state_${state}`)}</Link>;
    return [{ id: state, label: link, value: found.task_count, tone: kTones[state] }];
  });
  return (
    <Card title={t("funnel")}>
      <Bars label={t("funnel")} bars={bars} />
    </Card>
  );
}

const dayOf = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);

function Activity({ days }: { days: Overview["days"] }) {
  const { t } = useTranslation("console");
  const nameOf = useSupplierNames();
  const suppliers = [...new Set(days.map((each) => each.supplier_id))];
  const columns = Array.from({ length: 14 }, (_, index) => dayOf(13 - index)).map((day, index) => {
    const rows = days.filter((each) => each.day === day);
    const count = rows.reduce((sum, each) => sum + each.annotation_count, 0);
    return {
      id: day,
      label: index % 4 === 1 ? formatDay(day) : "",
      title: t("day_count", { date: formatDate(day), count }),
      parts: rows.map((each) => ({ series: suppliers.indexOf(each.supplier_id), value: each.annotation_count })),
    };
  });
  return (
    <Card title={t("activity")}>
      <div className="stack tight">
        <Columns label={t("activity")} columns={columns} />
        <Legend names={suppliers.map(nameOf)} />
      </div>
    </Card>
  );
}

function Certainty({ projectId, bins }: { projectId: string; bins: Overview["confidence"] }) {
  const { t } = useTranslation("console");
  const first = bins[0];
  if (!first) return null;
  return (
    <Card
      title={t("certainty")}
      actions={
        <Link className="small" href={`/projects/${projectId}/tasks?order=confidence`}>
          {t("least_certain")}
        </Link>
      }
    >
      <div className="stack">
        {bins.slice(0, 4).map((each) => (
          <div key={each.question} className="stack tight">
            {bins.length > 1 ? <Badge><bdi>{each.question}</bdi></Badge> : null}
            <Columns
              label={t("certainty")}
              columns={each.task_counts.map((count, bin) => ({
                id: String(bin),
                label: bin % 5 === 0 ? formatPercent(bin / 20, 0) : bin === 19 ? formatPercent(1, 0) : "",
                title: t("certainty_count", { from: formatPercent(bin / 20, 0), to: formatPercent((bin + 1) / 20, 0), count }),
                parts: [{ series: 0, value: count }],
              }))}
            />
          </div>
        ))}
      </div>
    </Card>
  );
}

function Spend({ spend }: { spend: Overview["spend"] }) {
  const { t } = useTranslation("console");
  const nameOf = useSupplierNames();
  if (spend.length === 0) return null;
  const bars = spend.map((each) => ({
    id: each.supplier_id + each.currency,
    label: (
      <>
        <bdi>{nameOf(each.supplier_id)}</bdi>
        {each.priced_count ? (
          <>
            {" "}
            <bdi className="muted small">{formatMoney(each.price_micros, each.currency)}</bdi>
          </>
        ) : null}
      </>
    ),
    value: each.annotation_count,
  }));
  return (
    <Card title={t("by_supplier")}>
      <Bars label={t("by_supplier")} bars={bars} />
    </Card>
  );
}
