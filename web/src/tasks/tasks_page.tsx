// The tasks of a project: any filter, any number of tasks. Pages come as the reader scrolls; a page may be short, so more are
// fetched until there is something to see.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "wouter";
import { api, take, type Schemas } from "../api/client";
import { formatDate, formatNumber, formatPercent } from "../i18n/format";
import { DotInterval } from "../project/charts";
import { ProjectFrame, useLive } from "../project/frame";
import { useProgress } from "../project/reads";
import { Badge, Button, Empty, Loading, Problem, VirtualTable } from "../ui";
import { FilterBar } from "./filter_bar";
import "./tasks.css";
import { kStateTones, queryOf, useFilters, type Filters } from "./filters";

type Row = Schemas["TaskTableRow"];
const kLive = ["progress"] as const;
const kEnough = 60; // rows on the screen before the reader has to ask for more

function useTasks(projectId: string, filters: Filters) {
  const query = useInfiniteQuery({
    queryKey: ["task_table", projectId, filters],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      take(
        api.GET("/api/v1/projects/{project_id}/task_table", {
          params: { path: { project_id: projectId }, query: { ...queryOf(filters), after: pageParam, limit: 500 } },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const rows = useMemo(() => (query.data?.pages ?? []).flatMap((page) => page.data), [query.data]);
  const { fetchNextPage, hasNextPage, isFetching } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  useEffect(() => {
    if (rows.length < kEnough) more();
  }, [rows.length, more]);
  return { ...query, rows, more };
}

export default function TasksPage() {
  const { projectId = "" } = useParams<{ projectId: string }>();
  const { t } = useTranslation("console");
  const [filters, change] = useFilters();
  const tasks = useTasks(projectId, filters);
  const progress = useProgress(projectId);
  useLive(projectId, kLive);
  const all = progress.data?.tasks.reduce((sum, each) => sum + each.task_count, 0);
  const question = tasks.data?.pages[0]?.question ?? null;
  return (
    <ProjectFrame projectId={projectId} title={t("tasks")} size="wide">
      <FilterBar projectId={projectId} filters={filters} question={question} onChange={change} />
      {tasks.isError ? <Problem error={tasks.error} onRetry={() => void tasks.refetch()} /> : null}
      {tasks.isPending ? <Loading lines={8} /> : null}
      {tasks.data && tasks.rows.length === 0 && !tasks.hasNextPage ? (
        <Empty title={t("no_tasks_fit")}>
          <Button onPress={() => change(Object.fromEntries(Object.keys(filters).map((name) => [name, ""])))}>{t("clear_filters")}</Button>
        </Empty>
      ) : null}
      {tasks.rows.length > 0 ? <Rows projectId={projectId} rows={tasks.rows} onNearEnd={tasks.more} /> : null}
      {tasks.data ? (
        <p className="small muted" role="status">
          {t("tasks_shown", { count: tasks.rows.length })}
          {all !== undefined ? ` · ${t("tasks_in_all", { count: all })}` : ""}
          {tasks.isFetchingNextPage ? ` · ${t("looking_further")}` : ""}
        </p>
      ) : null}
    </ProjectFrame>
  );
}

function Rows({ projectId, rows, onNearEnd }: { projectId: string; rows: readonly Row[]; onNearEnd: () => void }) {
  const { t } = useTranslation("console");
  return (
    <VirtualTable
      label={t("tasks")}
      rows={rows}
      keyOf={(row) => row.task_id}
      onNearEnd={onNearEnd}
      columns={[
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
        { id: "answer", title: t("answer"), width: "minmax(8rem, 1fr)", cell: (row) => (row.answer === null ? "—" : <bdi>{row.answer}</bdi>) },
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
      ]}
    />
  );
}
