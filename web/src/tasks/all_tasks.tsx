// Every task of a project, without a filter: the scroll bar goes over all of them. The server names places evenly apart, and the
// pages around what is on the screen are fetched from their places; none is counted off from the first.
import { useQueries } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { formatNumber } from "../i18n/format";
import { Empty, Loaded, Problem, VastTable } from "../ui";
import { useAddress } from "../ui/address";
import { useColumns, type TaskRow } from "./columns";
import type { Filters } from "./filters";

type Places = Schemas["TaskPlaces"];
const kRest = 60; // ms without scrolling before pages are asked for

interface AllTasksProps {
  projectId: string;
  filters: Filters;
}

export function AllTasks({ projectId, filters }: AllTasksProps) {
  const { t } = useTranslation("console");
  const params = { path: { project_id: projectId } };
  const places = useRead(["task_places", projectId], () => take(api.GET("/api/v1/projects/{project_id}/task_table/places", { params })), { refetchInterval: 30_000 });
  return (
    <Loaded query={places}>
      {(found) => (found.task_count > 0 ? <Vast projectId={projectId} question={filters.question} places={found} /> : <Empty title={t("no_tasks_fit")} />)}
    </Loaded>
  );
}

/** The pages that hold these rows; those that were fetched stay for a while. */
function usePages(projectId: string, question: string | undefined, places: Places, shown: readonly [number, number]) {
  const [first, last] = shown.map((row) => Math.floor(row / places.apart)) as [number, number];
  const numbers = Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step);
  const pages = useQueries({
    queries: numbers.map((number) => {
      const after = number === 0 ? undefined : places.places[number - 1];
      const query = { question, after, limit: places.apart };
      return {
        queryKey: ["task_table", projectId, question ?? "", "page", number, after ?? ""],
        queryFn: () => take(api.GET("/api/v1/projects/{project_id}/task_table", { params: { path: { project_id: projectId }, query } })),
        gcTime: 60_000,
      };
    }),
  });
  const rowAt = (row: number): TaskRow | undefined => pages[Math.floor(row / places.apart) - first]?.data?.data[row % places.apart];
  return { rowAt, error: pages.find((page) => page.error)?.error };
}

function Vast({ projectId, question, places }: { projectId: string; question: string | undefined; places: Places }) {
  const { t } = useTranslation("console");
  const columns = useColumns(projectId, question);
  const [value] = useAddress();
  const [rested, setRested] = useState<readonly [number, number]>([0, 40]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = useCallback((first: number, last: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setRested([first, last]), kRest);
  }, []);
  const { rowAt, error } = usePages(projectId, question, places, rested);
  const row = Number(value("row") ?? "");
  return (
    <>
      {error ? <Problem error={error} /> : null}
      <VastTable label={t("tasks")} columns={columns} count={places.task_count} rowAt={rowAt} at={row >= 1 ? row - 1 : undefined} onShow={show} />
      <p className="small muted" role="status">
        {t("rows_seen", { from: formatNumber(Math.min(rested[0] + 1, places.task_count)), to: formatNumber(rested[1] + 1), all: formatNumber(places.task_count) })}
      </p>
    </>
  );
}
