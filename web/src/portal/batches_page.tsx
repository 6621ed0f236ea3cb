// The batches that were given to this supplier, or to every supplier of its projects.
import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, take, takePages, type Schemas } from "../api/client";
import { formatDate, formatNumber } from "../i18n/format";
import { Badge, Card, Empty, Loaded, Loading, Problem, Progress, Select, Table, type Tone } from "../ui";
import { useAddress } from "../ui/address";
import { useProjects } from "../admin/names";
import { PortalFrame } from "./frame";

type Batch = Schemas["Batch"];
const kAll = "all";
const kTones: Record<Batch["state"], Tone> = { draft: "plain", staged: "plain", running: "good", paused: "warn", finished: "accent", cancelled: "bad" };
const kStates: readonly Batch["state"][] = ["staged", "running", "paused", "finished", "cancelled"];

export default function BatchesPage() {
  const { t } = useTranslation("portal");
  const projects = useProjects();
  const [value, change] = useAddress();
  const [project, state] = [value("project") ?? kAll, value("state") ?? kAll];
  return (
    <PortalFrame title={t("batches")}>
      <Loaded query={projects}>
        {(rows) => (
          <>
            <div className="filters">
              <Select label={t("project")} value={project} options={[{ value: kAll, label: t("every_project") }, ...rows.map((row) => ({ value: row.project_id, label: row.name }))]} onChange={(id) => change({ project: id === kAll ? null : id })} />
              <Select label={t("state")} value={state} options={[{ value: kAll, label: t("every_state") }, ...kStates.map((each) => ({ value: each as string, label: t(`batch_${each}`) }))]} onChange={(next) => change({ state: next === kAll ? null : next })} />
            </div>
            <Batches projects={rows.filter((row) => project === kAll || row.project_id === project)} state={state} />
          </>
        )}
      </Loaded>
    </PortalFrame>
  );
}

const readBatches = (project_id: string) => takePages((after) => api.GET("/api/v1/projects/{project_id}/batches", { params: { path: { project_id }, query: { after, limit: 200 } } }));

function Batches({ projects, state }: { projects: readonly Schemas["Project"][]; state: string }) {
  const { t } = useTranslation("portal");
  const found = useQueries({ queries: projects.map(({ project_id }) => ({ queryKey: ["batches", project_id], queryFn: () => readBatches(project_id) })) });
  const failed = found.find((each) => each.error);
  if (failed) return <Problem error={failed.error} onRetry={() => void failed.refetch()} />;
  if (found.some((each) => each.isPending)) return <Loading />;
  const rows = found.flatMap((each) => each.data ?? []).filter((batch) => state === kAll || batch.state === state);
  if (!rows.length) return <Empty title={t("no_batch")} text={t("no_batch_text")} />;
  return (
    <Card>
      <BatchTable rows={rows} nameOf={(id) => projects.find((row) => row.project_id === id)?.name ?? id} />
    </Card>
  );
}

const readProgress = ({ project_id, batch_id }: Batch) => take(api.GET("/api/v1/projects/{project_id}/batches/{batch_id}/progress", { params: { path: { project_id, batch_id } } }));

function BatchTable({ rows, nameOf }: { rows: readonly Batch[]; nameOf: (id: string) => string }) {
  const { t } = useTranslation("portal");
  const progress = useQueries({ queries: rows.map((row) => ({ queryKey: ["batches", row.project_id, row.batch_id, "progress"], queryFn: () => readProgress(row) })) });
  const counts = (row: Batch) => {
    const tasks = progress[rows.indexOf(row)]?.data?.tasks;
    if (!tasks) return null;
    const sum = (pick: (each: Schemas["TaskCount"]) => number) => tasks.reduce((total, each) => total + pick(each), 0);
    return { tasks: sum((each) => each.task_count), wanted: sum((each) => each.wanted_count), done: sum((each) => each.done_count) };
  };
  return (
    <Table
      label={t("batches")}
      rows={rows}
      keyOf={(row) => row.batch_id}
      columns={[
        { id: "name", title: t("batch"), cell: (row) => <bdi>{row.name}</bdi> },
        { id: "project", title: t("project"), cell: (row) => <bdi>{nameOf(row.project_id)}</bdi> },
        { id: "kind", title: t("kind"), cell: (row) => t(`kind_${row.kind}`) },
        { id: "state", title: t("state"), cell: (row) => <Badge tone={kTones[row.state]}>{t(`batch_${row.state}`)}</Badge> },
        { id: "progress", title: t("progress"), cell: (row) => <BatchProgress counts={counts(row)} /> },
        { id: "since", title: t("since"), cell: (row) => <bdi className="number">{formatDate(row.created_at)}</bdi> },
      ]}
    />
  );
}

function BatchProgress({ counts }: { counts: { tasks: number; wanted: number; done: number } | null }) {
  const { t } = useTranslation("portal");
  if (!counts) return <Loading lines={1} />;
  if (!counts.wanted) return <span className="muted">{t("no_numbers")}</span>;
  return <Progress label={t("done_annotations")} share={counts.done / counts.wanted} text={t("done_of", { done: formatNumber(counts.done), wanted: formatNumber(counts.wanted) })} />;
}
