// Tasks whose right answers are known: they measure annotators without anybody noticing.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "wouter";
import { api, takePages, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { formatDate, formatNumber } from "../i18n/format";
import { ProjectFrame } from "../project/frame";
import { useTemplate } from "../project/reads";
import { reviews } from "../project/rights";
import { AnswersView } from "../project/task_view";
import { useMe } from "../session/store";
import type { Answers } from "../task/template";
import { Button, Empty, LinkButton, Loaded, Table } from "../ui";
import { GoldDialog } from "./gold_dialog";

type Gold = Schemas["Gold"];

export default function GoldPage() {
  const { projectId = "" } = useParams<{ projectId: string }>();
  const { t } = useTranslation("console");
  const me = useMe();
  const template = useTemplate(projectId);
  const [open, setOpen] = useState<string | null>(null);
  const gold = useRead(["gold", projectId], () =>
    takePages<Gold>((after) => api.GET("/api/v1/projects/{project_id}/gold", { params: { path: { project_id: projectId }, query: { after, limit: 1000 } } }), 5000),
  );
  return (
    <ProjectFrame projectId={projectId} title={t("gold")}>
      <p className="muted">{t("gold_page_text")}</p>
      <Loaded query={gold}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t("no_gold")} text={t("no_gold_text")}>
              <LinkButton to={`/projects/${projectId}/tasks?order=confidence`} kind="primary">
                {t("find_gold")}
              </LinkButton>
            </Empty>
          ) : (
            <Table
              label={t("gold")}
              rows={rows}
              keyOf={(row) => row.task_id}
              columns={[
                {
                  id: "task",
                  title: t("task"),
                  cell: (row) => (
                    <Link href={`/projects/${projectId}/tasks/${row.task_id}`}>
                      <code dir="ltr">{row.task_id}</code>
                    </Link>
                  ),
                },
                { id: "answers", title: t("right_answers"), cell: (row) => <AnswersView template={template.data?.document ?? null} answers={row.answers as Answers} /> },
                { id: "concept", title: t("concept"), cell: (row) => <bdi>{row.concept || "—"}</bdi> },
                { id: "difficulty", title: t("difficulty"), isNumber: true, cell: (row) => formatNumber(row.difficulty) },
                { id: "made", title: t("created"), cell: (row) => <bdi className="number">{formatDate(row.created_at)}</bdi> },
                {
                  id: "edit",
                  title: <span className="sr-only">{t("actions")}</span>,
                  cell: (row) =>
                    reviews(me) ? (
                      <Button size="s" onPress={() => setOpen(row.task_id)}>
                        {t("edit")}
                      </Button>
                    ) : null,
                },
              ]}
            />
          )
        }
      </Loaded>
      {open ? <GoldDialog projectId={projectId} taskId={open} onClose={() => setOpen(null)} /> : null}
    </ProjectFrame>
  );
}
