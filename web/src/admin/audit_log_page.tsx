// Who did what to what: filtered in the address, verified on request, each entry open to its details.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take, type Schemas } from "../api/client";
import { formatDateTime, formatNumber } from "../i18n/format";
import { Button, Dialog, Empty, Field, Loading, Page, Problem, Table } from "../ui";
import { useAddress } from "../ui/address";
import { useLogNames } from "./names";
import { VerifyLog } from "./verify_log";

type Entry = Schemas["AuditLogEntry"];

const kExamples = { action: "supplier.suspended", actor: "acc_…", subject: "sup_…" };

export default function AuditLogPage() {
  const { t } = useTranslation("people");
  return (
    <Page title={t("audit_log")}>
      <p className="muted">{t("audit_log_text")}</p>
      <VerifyLog />
      <Filters />
      <Entries />
    </Page>
  );
}

function Filters() {
  const { t } = useTranslation("people");
  const [value, change] = useAddress();
  return (
    <div className="filters">
      <Field label={t("action")} type="search" dir="ltr" value={value("action") ?? ""} onChange={(action) => change({ action })} placeholder={kExamples.action} />
      <Field label={t("actor")} type="search" dir="ltr" value={value("actor") ?? ""} onChange={(actor) => change({ actor })} placeholder={kExamples.actor} />
      <Field label={t("subject")} type="search" dir="ltr" value={value("subject") ?? ""} onChange={(subject) => change({ subject })} placeholder={kExamples.subject} />
    </div>
  );
}

/** What an entry's action is called; its code where this app does not know it. */
function useActionText(): (action: string) => string {
  const { t, i18n } = useTranslation("people");
  return (action) => {
    const key = `did_${action.replaceAll(".", "_")}`;
    return i18n.exists(`people:${key}`) ? t(key as "did_set_up") : action;
  };
}

function useEntries() {
  const [value] = useAddress();
  const filter = { action: value("action") ?? undefined, actor: value("actor") ?? undefined, subject: value("subject") ?? undefined };
  return useInfiniteQuery({
    queryKey: ["audit_log", filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => take(api.GET("/api/v1/audit_log", { params: { query: { ...filter, after: pageParam, limit: 100 } } })),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });
}

function Entries() {
  const { t } = useTranslation("people");
  const entries = useEntries();
  const did = useActionText();
  const nameOf = useLogNames();
  const [open, setOpen] = useState<Entry | null>(null);
  if (entries.error) return <Problem error={entries.error} onRetry={() => void entries.refetch()} />;
  if (!entries.data) return <Loading lines={8} />;
  const rows = entries.data.pages.flatMap((page) => page.data);
  if (!rows.length) return <Empty title={t("no_entry")} text={t("no_entry_text")} />;
  return (
    <>
      <Table
        label={t("audit_log")}
        rows={rows}
        keyOf={(row) => String(row.entry_number)}
        columns={[
          { id: "number", title: t("number"), isNumber: true, cell: (row) => formatNumber(row.entry_number) },
          { id: "at", title: t("when"), cell: (row) => <bdi className="number">{formatDateTime(row.at)}</bdi> },
          { id: "action", title: t("action"), cell: (row) => <FilterLink name="action" text={row.action} label={did(row.action)} /> },
          { id: "actor", title: t("actor"), cell: (row) => <FilterLink name="actor" text={row.actor} label={nameOf(row.actor)} /> },
          { id: "subject", title: t("subject"), cell: (row) => <FilterLink name="subject" text={row.subject} label={nameOf(row.subject)} /> },
          {
            id: "more",
            title: <span className="sr-only">{t("details")}</span>,
            cell: (row) => (
              <Button size="s" kind="quiet" aria-label={t("details_of", { number: row.entry_number })} onPress={() => setOpen(row)}>
                {t("details")}
              </Button>
            ),
          },
        ]}
      />
      {entries.hasNextPage ? (
        <div className="row">
          <Button onPress={() => void entries.fetchNextPage()} isPending={entries.isFetchingNextPage}>
            {t("older")}
          </Button>
        </div>
      ) : null}
      <Details entry={open} onClose={() => setOpen(null)} />
    </>
  );
}

/** What it is called, and below what the filter calls it: a press takes that there. */
function FilterLink({ name, text, label }: { name: "action" | "actor" | "subject"; text: string; label: string }) {
  const { t } = useTranslation("people");
  const [, change] = useAddress();
  if (!text) return null;
  return (
    <button type="button" className="link-like" title={`${t("only_these")}: ${text}`} onClick={() => change({ [name]: text })}>
      {label === text ? <code dir="ltr">{text}</code> : <bdi>{label}</bdi>}
    </button>
  );
}

function Details({ entry, onClose }: { entry: Entry | null; onClose: () => void }) {
  const { t } = useTranslation("people");
  if (!entry) return null;
  const facts: [string, string][] = [
    [t("when"), entry.at],
    [t("action"), entry.action],
    [t("actor"), entry.actor],
    [t("subject"), entry.subject],
    [t("address"), entry.address],
    [t("request"), entry.request_id],
    [t("hash_before"), entry.previous_hash],
    [t("hash"), entry.hash],
  ];
  return (
    <Dialog title={t("entry_number", { number: entry.entry_number })} isOpen onClose={onClose} size="l">
      <dl className="facts">
        {facts.map(([label, text]) => (
          <div key={label} className="fact">
            <dt>{label}</dt>
            <dd>
              <code dir="ltr">{text || "–"}</code>
            </dd>
          </div>
        ))}
      </dl>
      <pre className="code-box" dir="ltr" tabIndex={0} aria-label={t("details")}>
        {JSON.stringify(entry.details, null, 2)}
      </pre>
      <div className="row end">
        <Button onPress={onClose}>{t("close")}</Button>
      </div>
    </Dialog>
  );
}
