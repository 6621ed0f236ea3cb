// What reviewers said of the supplier's annotations: the evidence behind its share of rework.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take, takePages, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { formatDateTime } from "../i18n/format";
import { useReasonText } from "../review/reasons";
import { Badge, Button, Dialog, Empty, Loaded, Select, Table, type Tone } from "../ui";
import { useAddress } from "../ui/address";

type Review = Schemas["Review"];
type Settled = Exclude<Review["state"], "pending">;
const kStates: readonly Settled[] = ["accepted", "fixed", "rejected", "reworked", "adjudicated"];
const kTones: Record<Settled, Tone> = { accepted: "good", fixed: "warn", rejected: "bad", reworked: "accent", adjudicated: "plain" };
const kAll = "all";

export function SentBack({ projectId }: { projectId: string }) {
  const { t } = useTranslation("portal");
  const reasonText = useReasonText();
  const [value, change] = useAddress();
  const [open, setOpen] = useState<Review | null>(null);
  const state = value("review") ?? kAll;
  const path = { project_id: projectId };
  const reviews = useRead(["own_reviews", projectId], () => takePages((after) => api.GET("/api/v1/projects/{project_id}/reviews", { params: { path, query: { after, limit: 500 } } })));
  return (
    <div className="stack">
      <div className="filters">
        <Select label={t("verdict")} value={state} options={[{ value: kAll, label: t("every_verdict") }, ...kStates.map((each) => ({ value: each as string, label: t(`review_${each}`) }))]} onChange={(next) => change({ review: next === kAll ? null : next })} />
      </div>
      <Loaded query={reviews}>
        {(all) => {
          const rows = all.filter((row): row is Review & { state: Settled } => row.state !== "pending" && (state === kAll || row.state === state));
          if (!rows.length) return <Empty title={t("no_review")} text={t("no_review_text")} />;
          return (
            <Table
              label={t("reviews")}
              rows={rows}
              keyOf={(row) => row.review_id}
              columns={[
                { id: "state", title: t("verdict"), cell: (row) => <Badge tone={kTones[row.state]}>{t(`review_${row.state}`)}</Badge> },
                { id: "reason", title: t("reason"), cell: (row) => <bdi>{row.reason ? reasonText(row.reason) : "–"}</bdi> },
                { id: "comment", title: t("comment"), cell: (row) => <bdi>{row.comment || "–"}</bdi> },
                { id: "at", title: t("when"), cell: (row) => <bdi className="number">{formatDateTime(row.settled_at ?? row.created_at)}</bdi> },
                {
                  id: "more",
                  title: <span className="sr-only">{t("evidence")}</span>,
                  cell: (row) => (
                    <Button size="s" onPress={() => setOpen(row)}>
                      {t("evidence")}
                    </Button>
                  ),
                },
              ]}
            />
          );
        }}
      </Loaded>
      {open ? <Evidence projectId={projectId} review={open} onClose={() => setOpen(null)} /> : null}
    </div>
  );
}

function Evidence({ projectId, review, onClose }: { projectId: string; review: Review; onClose: () => void }) {
  const { t } = useTranslation(["portal", "common"]);
  const path = { project_id: projectId, review_id: review.review_id };
  const view = useRead(["own_reviews", projectId, review.review_id], () => take(api.GET("/api/v1/projects/{project_id}/reviews/{review_id}", { params: { path } })));
  return (
    <Dialog title={t("evidence")} isOpen onClose={onClose} size="l">
      <Loaded query={view}>
        {(found) => (
          <>
            <h3>{t("submitted_answers")}</h3>
            <Answers answers={found.submitted_answers} label={t("submitted_answers")} />
            {found.answers ? (
              <>
                <h3>{t("reviewers_answers")}</h3>
                <Answers answers={found.answers} label={t("reviewers_answers")} />
              </>
            ) : null}
          </>
        )}
      </Loaded>
      <div className="row end">
        <Button onPress={onClose}>{t("common:close")}</Button>
      </div>
    </Dialog>
  );
}

function Answers({ answers, label }: { answers: unknown; label: string }) {
  return (
    <pre className="code-box" dir="ltr" tabIndex={0} aria-label={label}>
      {JSON.stringify(answers, null, 2)}
    </pre>
  );
}
