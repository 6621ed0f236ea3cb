import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "wouter";
import { api, take, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { formatDateTime } from "../i18n/format";
import { useReasonText } from "../review/reasons";
import { Badge, Button, Dialog, Empty, Loading, Page, Problem, Table, type Tone } from "../ui";
import { PastTask } from "./past_task";
import "./workbench.css";

type Entry = Schemas["HistoryEntry"];
const kTones: Record<string, Tone> = { submitted: "good", skipped: "warn", expired: "bad", revoked: "bad", accepted: "good", fixed: "warn", rejected: "bad", reworked: "warn", adjudicated: "accent" };

/** One's own work, newest first, with what reviewers said. The open entry is in the address. */
export default function HistoryPage() {
  const { t } = useTranslation("workbench");
  const { projectId: project_id = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const project = useRead(["project", project_id], () => take(api.GET("/api/v1/projects/{project_id}", { params: { path: { project_id } } })));
  const history = useInfiniteQuery({
    queryKey: ["history", project_id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => take(api.GET("/api/v1/projects/{project_id}/history", { params: { path: { project_id }, query: { after: pageParam, limit: 50 } } })),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const entries = history.data?.pages.flatMap((page) => page.data) ?? [];
  const open = entries.find((entry) => entry.assignment_id === search.get("entry"));
  const show = (entry: Entry | null) => setSearch(entry ? { entry: entry.assignment_id } : {});
  return (
    <Page
      title={t("history")}
      crumbs={[
        { to: "/workbench", label: t("my_projects") },
        { to: `/workbench/${project_id}`, label: project.data?.name ?? "…" },
      ]}
    >
      {history.error ? <Problem error={history.error} onRetry={() => void history.refetch()} /> : null}
      {history.isPending ? <Loading lines={8} /> : null}
      {history.data && !entries.length ? <Empty title={t("no_history")} /> : null}
      {entries.length ? <HistoryTable entries={entries} onOpen={show} /> : null}
      {history.hasNextPage ? (
        <div className="row">
          <Button onPress={() => void history.fetchNextPage()} isPending={history.isFetchingNextPage}>
            {t("show_more")}
          </Button>
        </div>
      ) : null}
      <Dialog title={t("your_answer")} size="l" isOpen={Boolean(open)} onClose={() => show(null)}>
        {open ? <PastTask entry={open} /> : null}
      </Dialog>
    </Page>
  );
}

function HistoryTable({ entries, onOpen }: { entries: readonly Entry[]; onOpen: (entry: Entry) => void }) {
  const { t } = useTranslation("workbench");
  const reasonText = useReasonText();
  return (
    <Table
      label={t("history")}
      rows={entries}
      keyOf={(entry) => entry.assignment_id}
      columns={[
        { id: "when", title: t("when"), cell: (entry) => <span className="number">{formatDateTime(entry.settled_at ?? entry.leased_at)}</span> },
        { id: "state", title: t("state"), cell: (entry) => <Badge tone={kTones[entry.state] ?? "plain"}>{t(`state_${entry.state}`)}</Badge> },
        { id: "review", title: t("review"), cell: (entry) => (entry.review ? <Badge tone={kTones[entry.review.state] ?? "plain"}>{t(`review_${entry.review.state}`)}</Badge> : "–") },
        { id: "said", title: t("said"), cell: (entry) => <bdi>{entry.review?.comment || (entry.review?.reason ? reasonText(entry.review.reason) : entry.reason)}</bdi> },
        {
          id: "open",
          title: <span className="sr-only">{t("your_answer")}</span>,
          cell: (entry) =>
            entry.answers ? (
              <Button size="s" onPress={() => onOpen(entry)}>
                {t("look")}
              </Button>
            ) : null,
        },
      ]}
    />
  );
}
