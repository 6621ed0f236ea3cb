// What waits for a reviewer: the most valuable look first; and tasks that annotators could not settle.
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "wouter";
import { api, take, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { formatAgo, formatPercent } from "../i18n/format";
import { ProjectFrame, useLive } from "../project/frame";
import { Badge, Card, Empty, LinkButton, Loaded, Select, Table } from "../ui";
import { useReasonText } from "./reasons";

type Review = Schemas["Review"];
type State = Schemas["ReviewState"];
const kStates: readonly State[] = ["pending", "accepted", "fixed", "rejected", "reworked", "adjudicated"];
const kTones = { pending: "accent", accepted: "good", fixed: "warn", rejected: "bad", reworked: "warn", adjudicated: "good" } as const;
const kLive = ["reviews", "escalated"] as const;

export default function ReviewPage() {
  const { projectId = "" } = useParams<{ projectId: string }>();
  const { t } = useTranslation("console");
  const [params, setParams] = useSearchParams();
  const state = (kStates.find((each) => each === params.get("state")) ?? "pending") satisfies State;
  useLive(projectId, kLive);
  const list = useRead(["reviews", projectId, state], () =>
    take(api.GET("/api/v1/projects/{project_id}/reviews", { params: { path: { project_id: projectId }, query: { state, limit: 200 } } })),
  );
  return (
    <ProjectFrame projectId={projectId} title={t("review")}>
      <Escalated projectId={projectId} />
      <Card
        title={t("reviews")}
        actions={
          <Select
            label={t("state")}
            isLabelHidden
            value={state}
            onChange={(value) => setParams({ state: value }, { replace: true })}
            options={kStates.map((each) => ({ value: each, label: t(`review_${each}`) }))}
          />
        }
      >
        <Loaded query={list}>
          {({ data }) =>
            data.length === 0 ? <Empty title={state === "pending" ? t("nothing_to_review") : t("no_such_reviews")} text={state === "pending" ? t("nothing_to_review_text") : null} /> : <Reviews projectId={projectId} rows={data} />
          }
        </Loaded>
      </Card>
    </ProjectFrame>
  );
}

function Reviews({ projectId, rows }: { projectId: string; rows: readonly Review[] }) {
  const { t } = useTranslation("console");
  const reasonText = useReasonText();
  return (
    <Table
      label={t("reviews")}
      rows={rows}
      keyOf={(row) => row.review_id}
      columns={[
        {
          id: "open",
          title: t("task"),
          cell: (row) => (
            <Link href={`/projects/${projectId}/review/${row.review_id}`}>
              <code dir="ltr">{row.task_id ?? row.review_id}</code>
            </Link>
          ),
        },
        { id: "state", title: t("state"), cell: (row) => <Badge tone={kTones[row.state]}>{t(`review_${row.state}`)}</Badge> },
        { id: "value", title: t("look_value"), isNumber: true, cell: (row) => (row.look_value === null ? "—" : formatPercent(row.look_value, 0)) },
        { id: "reason", title: t("reason"), cell: (row) => <bdi>{row.reason ? reasonText(row.reason) : "—"}</bdi> },
        { id: "when", title: t("created"), cell: (row) => <bdi className="number">{formatAgo(row.created_at)}</bdi> },
      ]}
    />
  );
}

function Escalated({ projectId }: { projectId: string }) {
  const { t } = useTranslation("console");
  const list = useRead(["escalated", projectId], () =>
    take(api.GET("/api/v1/projects/{project_id}/task_table", { params: { path: { project_id: projectId }, query: { state: "escalated", limit: 20 } } })),
  );
  if (!list.data || list.data.data.length === 0) return null;
  return (
    <Card title={t("escalated")} actions={<LinkButton size="s" to={`/projects/${projectId}/tasks?state=escalated`}>{t("all")}</LinkButton>}>
      <div className="stack tight">
        <p className="muted small">{t("escalated_text")}</p>
        <Table
          label={t("escalated")}
          rows={list.data.data}
          keyOf={(row) => row.task_id}
          columns={[
            {
              id: "task",
              title: t("external_id"),
              cell: (row) => (
                <Link href={`/projects/${projectId}/review/tasks/${row.task_id}`}>
                  <bdi>{row.external_id}</bdi>
                </Link>
              ),
            },
            { id: "answer", title: t("answer"), cell: (row) => (row.answer === null ? "—" : <bdi>{row.answer}</bdi>) },
            { id: "confidence", title: t("confidence"), isNumber: true, cell: (row) => (row.confidence === null ? "—" : formatPercent(row.confidence)) },
            { id: "agree", title: t("agreeing"), isNumber: true, cell: (row) => (row.top_share === null ? "—" : formatPercent(row.top_share, 0)) },
          ]}
        />
      </div>
    </Card>
  );
}
