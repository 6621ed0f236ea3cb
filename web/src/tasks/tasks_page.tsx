// The tasks of a project: any filter, any number of tasks. Without a filter the reader can be anywhere among them at once; with
// one pages come as the reader scrolls: a page may be short, so more are fetched until there is something to see.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "wouter";
import { api, take } from "../api/client";
import { ProjectFrame, useLive } from "../project/frame";
import { useProgress } from "../project/reads";
import { Button, Empty, Loading, Problem, VirtualTable } from "../ui";
import { AllTasks } from "./all_tasks";
import { useColumns, type TaskRow } from "./columns";
import { FilterBar } from "./filter_bar";
import { GoTo } from "./go_to";
import "./tasks.css";
import { queryOf, useFilters, type Filters } from "./filters";

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
  useLive(projectId, kLive);
  const isWhole = Object.keys(filters).every((name) => name === "question");
  const List = isWhole ? AllTasks : FoundTasks;
  return (
    <ProjectFrame projectId={projectId} title={t("tasks")} size="wide" actions={<GoTo projectId={projectId} />}>
      <FilterBar projectId={projectId} filters={filters} onChange={change} />
      <List projectId={projectId} filters={filters} onChange={change} />
    </ProjectFrame>
  );
}

interface FoundTasksProps {
  projectId: string;
  filters: Filters;
  onChange: (change: Filters) => void;
}

function FoundTasks({ projectId, filters, onChange }: FoundTasksProps) {
  const { t } = useTranslation("console");
  const tasks = useTasks(projectId, filters);
  const progress = useProgress(projectId);
  const all = progress.data?.tasks.reduce((sum, each) => sum + each.task_count, 0);
  return (
    <>
      {tasks.isError ? <Problem error={tasks.error} onRetry={() => void tasks.refetch()} /> : null}
      {tasks.isPending ? <Loading lines={8} /> : null}
      {tasks.data && tasks.rows.length === 0 && !tasks.hasNextPage ? (
        <Empty title={t("no_tasks_fit")}>
          <Button onPress={() => onChange(Object.fromEntries(Object.keys(filters).map((name) => [name, ""])))}>{t("clear_filters")}</Button>
        </Empty>
      ) : null}
      {tasks.rows.length > 0 ? <Rows projectId={projectId} question={filters.question} rows={tasks.rows} onNearEnd={tasks.more} /> : null}
      {tasks.data ? (
        <p className="small muted" role="status">
          {t("tasks_shown", { count: tasks.rows.length })}
          {all !== undefined ? ` · ${t("tasks_in_all", { count: all })}` : ""}
          {tasks.isFetchingNextPage ? ` · ${t("looking_further")}` : ""}
        </p>
      ) : null}
    </>
  );
}

interface RowsProps {
  projectId: string;
  question: string | undefined;
  rows: readonly TaskRow[];
  onNearEnd: () => void;
}

function Rows({ projectId, question, rows, onNearEnd }: RowsProps) {
  const { t } = useTranslation("console");
  const columns = useColumns(projectId, question);
  return <VirtualTable label={t("tasks")} rows={rows} keyOf={(row) => row.task_id} onNearEnd={onNearEnd} columns={columns} />;
}
