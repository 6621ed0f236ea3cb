// Everybody who labelled in a project, with how good they are and how sure that is.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "wouter";
import { api, take, isProblem, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { formatDuration, formatNumber, formatPercent } from "../i18n/format";
import { DotInterval, Share } from "../project/charts";
import { ProjectFrame } from "../project/frame";
import { useAnnotatorNames } from "../project/annotator_names";
import { useQuestionNames, useSupplierNames } from "../project/reads";
import { Badge, Empty, Loaded, Loading, Problem, Select, Table } from "../ui";

type Card = Schemas["Scorecard"];
type Order = "accuracy" | "labels" | "speed";

const byOrder: Record<Order, (a: Card, b: Card) => number> = {
  accuracy: (a, b) => (a.accuracy ?? 2) - (b.accuracy ?? 2),
  labels: (a, b) => b.label_count - a.label_count,
  speed: (a, b) => (a.mean_seconds ?? Infinity) - (b.mean_seconds ?? Infinity),
};

export default function AnnotatorsPage() {
  const { projectId = "" } = useParams<{ projectId: string }>();
  const { t } = useTranslation("console");
  const [params, setParams] = useSearchParams();
  const question = params.get("question") ?? undefined;
  const cards = useRead(["annotator_scorecards", projectId, question], () =>
    take(api.GET("/api/v1/projects/{project_id}/annotators/scorecards", { params: { path: { project_id: projectId }, query: { question } } })),
  );
  const questions = useQuestionNames(projectId);
  return (
    <ProjectFrame projectId={projectId} title={t("annotators")}>
      {questions.length > 1 ? (
        <div className="filters">
          <Select
            label={t("question")}
            value={question ?? cards.data?.question ?? null}
            options={questions.map((name) => ({ value: name, label: name }))}
            onChange={(value) => setParams({ question: value }, { replace: true })}
          />
        </div>
      ) : null}
      {cards.isPending ? <Loading lines={8} /> : null}
      {cards.isError ? isProblem(cards.error, "not_found") ? <Empty title={t("no_labels")} text={t("no_labels_text")} /> : <Problem error={cards.error} onRetry={() => void cards.refetch()} /> : null}
      {cards.data ? <Loaded query={cards}>{(found) => <Cards projectId={projectId} cards={found.annotators} question={question} />}</Loaded> : null}
    </ProjectFrame>
  );
}

function Cards({ projectId, cards, question }: { projectId: string; cards: readonly Card[]; question: string | undefined }) {
  const { t } = useTranslation("console");
  const [order, setOrder] = useState<Order>("accuracy");
  const supplierName = useSupplierNames();
  const nameOf = useAnnotatorNames(cards.map((card) => card.supplier_id));
  const rows = [...cards].sort(byOrder[order]);
  const from = Math.max(0, Math.floor(10 * Math.min(1, ...cards.map((card) => card.accuracy_interval[0] ?? 1))) / 10);
  const tail = question ? `?question=${encodeURIComponent(question)}` : "";
  return (
    <div className="stack">
      <div className="filters">
        <Select
          label={t("order")}
          value={order}
          onChange={setOrder}
          options={[
            { value: "accuracy", label: t("order_lowest") },
            { value: "labels", label: t("order_most") },
            { value: "speed", label: t("order_fastest") },
          ]}
        />
      </div>
      <Table
        label={t("annotators")}
        rows={rows}
        keyOf={(card) => card.annotator_id ?? card.supplier_id}
        columns={[
          {
            id: "who",
            title: t("annotator"),
            cell: (card) => (
              <span className="stack tight">
                <Link href={`/projects/${projectId}/annotators/${card.annotator_id ?? ""}${tail}`}>
                  <bdi>{nameOf(card.annotator_id ?? "")}</bdi>
                </Link>
                <bdi className="small muted">{supplierName(card.supplier_id)}</bdi>
              </span>
            ),
          },
          { id: "accuracy", title: t("accuracy"), cell: (card) => <Share value={card.accuracy} interval={card.accuracy_interval} /> },
          {
            id: "drawn",
            title: <span className="row between small"><bdi>{formatPercent(from, 0)}</bdi><bdi>{formatPercent(1, 0)}</bdi></span>,
            cell: (card) => <DotInterval value={card.accuracy} low={card.accuracy_interval[0] ?? null} high={card.accuracy_interval[1] ?? null} from={from} />,
          },
          { id: "labels", title: t("labels"), isNumber: true, cell: (card) => formatNumber(card.label_count) },
          {
            id: "gold",
            title: t("gold"),
            isNumber: true,
            cell: (card) => (card.gold_label_count ? <bdi>{t("of", { part: formatNumber(card.gold_correct_count), whole: formatNumber(card.gold_label_count) })}</bdi> : "—"),
          },
          { id: "rework", title: t("sent_back"), isNumber: true, cell: (card) => (card.rework_rate === null ? "—" : formatPercent(card.rework_rate, 0)) },
          { id: "time", title: t("mean_time"), isNumber: true, cell: (card) => (card.mean_seconds === null ? "—" : <bdi>{formatDuration(card.mean_seconds)}</bdi>) },
          {
            id: "flags",
            title: t("flags"),
            cell: (card) => (
              <span className="row">
                {card.flags.map((flag) => (
                  <Badge key={flag} tone="bad">
                    {t(`flag_${flag}`)}
                  </Badge>
                ))}
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}
