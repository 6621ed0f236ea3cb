// One task: what it shows, what everybody answered, how what is believed moved with every label, where it came from.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "wouter";
import { api, take, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { formatDateTime, formatDuration, formatNumber } from "../i18n/format";
import { ProjectFrame, useLive } from "../project/frame";
import { useAnnotatorNames } from "../project/annotator_names";
import { useSupplierNames, useTemplate } from "../project/reads";
import { useClassTitles } from "../project/titles";
import { reviews } from "../project/rights";
import { AnswersView, Payload } from "../project/task_view";
import { useMe } from "../session/store";
import { Badge, Button, Card, LinkButton, Loaded, Table } from "../ui";
import { GoldDialog } from "../gold/gold_dialog";
import { kStateTones } from "./filters";
import { Moves } from "./moves";

type Task = Schemas["Task"];
const kLive = ["task"] as const;

export default function TaskPage() {
  const { projectId = "", taskId = "" } = useParams<{ projectId: string; taskId: string }>();
  const { t } = useTranslation("console");
  const path = { project_id: projectId, task_id: taskId };
  const task = useRead(["task", projectId, taskId], () => take(api.GET("/api/v1/projects/{project_id}/tasks/{task_id}", { params: { path } })));
  useLive(projectId, kLive);
  return (
    <ProjectFrame projectId={projectId} title={task.data?.external_id ?? "…"} crumbs={[{ to: `/projects/${projectId}/tasks`, label: t("tasks") }]} actions={task.data ? <Actions task={task.data} /> : null}>
      <Loaded query={task}>
        {(found) => (
          <div className="task-columns">
            <div className="stack">
              <Shown task={found} />
              <Annotations projectId={projectId} taskId={taskId} />
            </div>
            <div className="stack">
              <Belief projectId={projectId} taskId={taskId} />
              <Provenance task={found} />
            </div>
          </div>
        )}
      </Loaded>
    </ProjectFrame>
  );
}

function Actions({ task }: { task: Task }) {
  const { t } = useTranslation("console");
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  if (!reviews(me)) return null;
  return (
    <>
      <LinkButton to={`/projects/${task.project_id}/review/tasks/${task.task_id}`}>{t("adjudicate")}</LinkButton>
      <Button onPress={() => setOpen(true)}>{task.state === "gold" ? t("edit_gold") : t("make_gold")}</Button>
      {isOpen ? <GoldDialog projectId={task.project_id} taskId={task.task_id} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function Shown({ task }: { task: Task }) {
  const { t } = useTranslation("console");
  const template = useTemplate(task.project_id);
  return (
    <Card title={t("task")}>
      <Loaded query={template}>{(found) => <Payload template={found?.document ?? null} payload={task.payload as Record<string, unknown>} />}</Loaded>
    </Card>
  );
}

function Belief({ projectId, taskId }: { projectId: string; taskId: string }) {
  const { t } = useTranslation("console");
  const path = { project_id: projectId, task_id: taskId };
  const belief = useRead(["task", projectId, taskId, "consensus"], () =>
    take(api.GET("/api/v1/projects/{project_id}/tasks/{task_id}/consensus", { params: { path } })),
  );
  const titleOf = useClassTitles(projectId);
  const nameOf = useAnnotatorNames((belief.data?.questions ?? []).flatMap((each) => each.moves.map((move) => move.supplier_id)));
  return (
    <Card title={t("belief")}>
      <Loaded query={belief}>
        {({ questions }) =>
          questions.length === 0 ? (
            <p className="muted">{t("no_belief")}</p>
          ) : (
            <div className="stack">
              {questions.map((each) => (
                <Moves key={each.question} belief={each} nameOf={nameOf} titleOf={(value) => titleOf(each.question, value)} />
              ))}
            </div>
          )
        }
      </Loaded>
    </Card>
  );
}

function Annotations({ projectId, taskId }: { projectId: string; taskId: string }) {
  const { t } = useTranslation("console");
  const supplierName = useSupplierNames();
  const template = useTemplate(projectId);
  const list = useRead(["task", projectId, taskId, "annotations"], () =>
    take(api.GET("/api/v1/projects/{project_id}/annotations", { params: { path: { project_id: projectId }, query: { task_id: taskId, limit: 1000 } } })),
  );
  const nameOf = useAnnotatorNames((list.data?.data ?? []).map((row) => row.supplier_id));
  const revised = new Set((list.data?.data ?? []).map((row) => row.revises));
  return (
    <Card title={t("annotations")}>
      <Loaded query={list}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="muted">{t("no_annotations")}</p>
          ) : (
            <Table
              label={t("annotations")}
              rows={data}
              keyOf={(row) => row.annotation_id}
              columns={[
                {
                  id: "who",
                  title: t("annotator"),
                  cell: (row) => (
                    <span className="stack tight">
                      <Link href={`/projects/${projectId}/annotators/${row.annotator_id}`}>
                        <bdi>{nameOf(row.annotator_id)}</bdi>
                      </Link>
                      <bdi className="small muted">{supplierName(row.supplier_id)}</bdi>
                    </span>
                  ),
                },
                { id: "answers", title: t("answers"), cell: (row) => <AnswersView template={template.data?.document ?? null} answers={row.answers as Record<string, unknown>} /> },
                {
                  id: "when",
                  title: t("submitted"),
                  cell: (row) => (
                    <span className="stack tight small">
                      {formatDateTime(row.submitted_at)}
                      {row.duration_us ? <bdi className="muted">{formatDuration(row.duration_us / 1e6)}</bdi> : null}
                      {revised.has(row.annotation_id) ? <Badge>{t("was_revised")}</Badge> : null}
                    </span>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Card>
  );
}

function Provenance({ task }: { task: Task }) {
  const { t } = useTranslation("console");
  return (
    <Card title={t("provenance")}>
      <dl className="facts">
        <dt>{t("state")}</dt>
        <dd>
          <Badge tone={kStateTones[task.state]}>{t(`state_${task.state}`)}</Badge>
        </dd>
        <dt>{t("annotations")}</dt>
        <dd>
          <bdi>{t("of", { part: formatNumber(task.done_count), whole: formatNumber(task.wanted_count) })}</bdi>
        </dd>
        <dt>{t("external_id")}</dt>
        <dd>
          <bdi>{task.external_id}</bdi>
        </dd>
        <dt>{t("id")}</dt>
        <dd>
          <code dir="ltr">{task.task_id}</code>
        </dd>
        <dt>{t("created")}</dt>
        <dd>{formatDateTime(task.created_at)}</dd>
        <dt>{t("priority")}</dt>
        <dd>{formatNumber(task.priority)}</dd>
        {task.domain ? (
          <>
            <dt>{t("domain")}</dt>
            <dd>
              <bdi>{task.domain}</bdi>
            </dd>
          </>
        ) : null}
        {task.language ? (
          <>
            <dt>{t("task_language")}</dt>
            <dd>
              <bdi>{task.language}</bdi>
            </dd>
          </>
        ) : null}
      </dl>
    </Card>
  );
}
