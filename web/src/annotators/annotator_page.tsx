// One annotator in a project: quality over time, what is mistaken for what, agreement, speed, what is odd.
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "wouter";
import { api, take, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { formatDuration, formatNumber, formatPercent } from "../i18n/format";
import { ProjectFrame } from "../project/frame";
import { useAnnotatorNames } from "../project/annotator_names";
import { useSupplierNames } from "../project/reads";
import { useClassTitles } from "../project/titles";
import { Card, LinkButton, Loaded, Stat } from "../ui";
import { Confusion } from "./confusion";
import { Flags } from "./flags";
import { Periods } from "./periods";
import "./annotators.css";

type Quality = Schemas["AnnotatorQuality"];

export default function AnnotatorPage() {
  const { projectId = "", annotatorId = "" } = useParams<{ projectId: string; annotatorId: string }>();
  const { t } = useTranslation("console");
  const [params] = useSearchParams();
  const question = params.get("question") ?? undefined;
  const path = { project_id: projectId, annotator_id: annotatorId };
  const quality = useRead(["annotator_quality", projectId, annotatorId, question], () =>
    take(api.GET("/api/v1/projects/{project_id}/annotators/{annotator_id}/quality", { params: { path, query: { question } } })),
  );
  const nameOf = useAnnotatorNames(quality.data ? [quality.data.supplier_id] : []);
  return (
    <ProjectFrame
      projectId={projectId}
      title={quality.data ? nameOf(annotatorId) : "…"}
      crumbs={[{ to: `/projects/${projectId}/annotators`, label: t("annotators") }]}
      actions={<LinkButton to={`/projects/${projectId}/tasks?annotator_id=${annotatorId}`}>{t("their_tasks")}</LinkButton>}
    >
      <Loaded query={quality}>{(found) => <Figures projectId={projectId} quality={found} />}</Loaded>
    </ProjectFrame>
  );
}

function Figures({ projectId, quality }: { projectId: string; quality: Quality }) {
  const { t } = useTranslation("console");
  const supplierName = useSupplierNames();
  const titleOf = useClassTitles(projectId);
  const known = quality.accuracy !== null;
  const others = quality.others_seconds;
  const middle = others[Math.floor(others.length / 2)];
  return (
    <>
      <p className="muted">
        <bdi>{supplierName(quality.supplier_id)}</bdi> · {t("question")} <bdi>{quality.question}</bdi>
      </p>
      <div className="stats">
        <Stat
          label={t("accuracy")}
          value={known ? formatPercent(quality.accuracy ?? 0) : "—"}
          interval={known ? [quality.accuracy_interval[0] ?? 0, quality.accuracy_interval[1] ?? 1] : null}
          note={t(`basis_${quality.basis}`)}
        />
        <Stat label={t("agreement")} value={formatPercent(quality.agreement)} interval={[quality.agreement_interval[0] ?? 0, quality.agreement_interval[1] ?? 1]} note={t("agreement_text")} />
        <Stat
          label={t("labels")}
          value={formatNumber(quality.label_count)}
          note={quality.gold_label_count ? t("gold_right", { part: formatNumber(quality.gold_correct_count), whole: formatNumber(quality.gold_label_count) }) : t("no_gold_labels")}
        />
        <Stat
          label={t("median_time")}
          value={quality.seconds_median === null ? "—" : formatDuration(quality.seconds_median)}
          note={middle === undefined ? null : t("others_time", { time: formatDuration(middle) })}
        />
      </div>
      <div className="two">
        <Card title={t("over_time")}>
          <Periods periods={quality.periods} />
        </Card>
        <Card title={t("confusion")}>{quality.confusion ? <Confusion classes={quality.classes} rows={quality.confusion} titleOf={(value) => titleOf(quality.question, value)} /> : <p className="muted">{t("confusion_large")}</p>}</Card>
        <Card title={t("flags")}>
          <Flags quality={quality} titleOf={(value) => titleOf(quality.question, value)} />
        </Card>
      </div>
    </>
  );
}
