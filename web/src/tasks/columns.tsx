// The columns of the table of tasks.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Schemas } from "../api/client";
import { formatDate, formatNumber, formatPercent } from "../i18n/format";
import { DotInterval } from "../project/charts";
import { useQuestionNames } from "../project/reads";
import { useClassTitles } from "../project/titles";
import { Badge, type Column } from "../ui";
import { kStateTones } from "./filters";

export type TaskRow = Schemas["TaskTableRow"];

/** Of that question, or of the server's own choice. */
export function useColumns(projectId: string, question: string | undefined): readonly Column<TaskRow>[] {
  const { t } = useTranslation("console");
  const titleOf = useClassTitles(projectId);
  const [first = ""] = useQuestionNames(projectId);
  const shown = question ?? first;
  return useMemo(() => [
    {
      id: "external_id",
      title: t("external_id"),
      width: "minmax(10rem, 2fr)",
      cell: (row) => (
        <Link href={`/projects/${projectId}/tasks/${row.task_id}`}>
          <bdi>{row.external_id}</bdi>
        </Link>
      ),
    },
    { id: "state", title: t("state"), width: "8rem", cell: (row) => <Badge tone={kStateTones[row.state]}>{t(`state_${row.state}`)}</Badge> },
    { id: "answer", title: t("answer"), width: "minmax(8rem, 1fr)", cell: (row) => (row.answer === null ? "—" : <bdi>{titleOf(shown, row.answer)}</bdi>) },
    {
      id: "confidence",
      title: t("confidence"),
      width: "12rem",
      cell: (row) =>
        row.confidence === null ? (
          "—"
        ) : (
          <span className="with-dot">
            <bdi className="number">{formatPercent(row.confidence)}</bdi>
            <DotInterval value={row.confidence} low={0} high={row.confidence} />
          </span>
        ),
    },
    { id: "agree", title: t("agreeing"), width: "7rem", isNumber: true, cell: (row) => (row.top_share === null ? "—" : formatPercent(row.top_share, 0)) },
    {
      id: "labels",
      title: t("annotations"),
      width: "7.5rem",
      isNumber: true,
      cell: (row) => <bdi>{t("of", { part: formatNumber(row.done_count), whole: formatNumber(row.wanted_count) })}</bdi>,
    },
    { id: "domain", title: t("domain"), width: "8rem", cell: (row) => <bdi>{row.domain}</bdi> },
    { id: "language", title: t("task_language"), width: "6rem", cell: (row) => <bdi>{row.language}</bdi> },
    { id: "created", title: t("created"), width: "8rem", cell: (row) => formatDate(row.created_at) },
  ], [t, projectId, titleOf, shown]);
}
