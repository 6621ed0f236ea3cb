// What a supplier's manager sees first: its state, its projects, what its people have done in each.
import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { api, take, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { formatNumber } from "../i18n/format";
import { Badge, Card, Empty, Loaded, Stat, Table } from "../ui";
import { useProjects } from "../admin/names";
import { useAnnotators } from "../suppliers/annotators";
import { moneyText } from "../suppliers/figures";
import { SupplierState } from "../suppliers/parts";
import { PortalFrame } from "./frame";
import { useMySupplier } from "./mine";

type Project = Schemas["Project"];

export default function OverviewPage() {
  const { t } = useTranslation("portal");
  const { supplierId } = useMySupplier();
  const supplier = useRead(["suppliers", supplierId, "read"], () => take(api.GET("/api/v1/suppliers/{supplier_id}", { params: { path: { supplier_id: supplierId } } })));
  const projects = useProjects();
  const annotators = useAnnotators(supplierId);
  return (
    <PortalFrame title={t("overview")}>
      <Loaded query={supplier}>
        {(row) => (
          <>
            {row.state === "suspended" ? (
              <div className="notice" data-tone="bad" role="status">
                <strong>{t("is_suspended")}</strong>
                <span>{t("is_suspended_text")}</span>
              </div>
            ) : null}
            <Card>
              <div className="grid">
                <Stat label={t("state")} value={<SupplierState state={row.state} />} />
                <Stat label={t("annotators")} value={formatNumber(annotators.data?.length ?? 0)} note={t("active_ones", { number: formatNumber((annotators.data ?? []).filter((each) => each.state === "active").length) })} />
                <Stat label={t("projects")} value={formatNumber(projects.data?.length ?? 0)} />
              </div>
            </Card>
          </>
        )}
      </Loaded>
      <Card title={t("projects")}>
        <Loaded query={projects}>{(rows) => <Projects rows={rows} supplierId={supplierId} />}</Loaded>
      </Card>
    </PortalFrame>
  );
}

const readProgress = (project_id: string) => take(api.GET("/api/v1/projects/{project_id}/progress", { params: { path: { project_id } } }));
const readTerms = (project_id: string) => take(api.GET("/api/v1/projects/{project_id}/suppliers", { params: { path: { project_id } } }));

function Projects({ rows, supplierId }: { rows: readonly Project[]; supplierId: string }) {
  const { t } = useTranslation("portal");
  const progress = useQueries({ queries: rows.map((row) => ({ queryKey: ["progress", row.project_id], queryFn: () => readProgress(row.project_id) })) });
  const terms = useQueries({ queries: rows.map((row) => ({ queryKey: ["project_suppliers", row.project_id], queryFn: () => readTerms(row.project_id) })) });
  if (!rows.length) return <Empty title={t("no_project")} text={t("no_project_text")} />;
  const place = (row: Project) => rows.indexOf(row);
  const count = (row: Project, state: string) =>
    (progress[place(row)]?.data?.assignments ?? []).reduce((sum, each) => (each.state === state && each.supplier_id === supplierId ? sum + each.assignment_count : sum), 0);
  const own = (row: Project) => terms[place(row)]?.data?.data.find((each) => each.supplier_id === supplierId);
  return (
    <Table
      label={t("projects")}
      rows={rows}
      keyOf={(row) => row.project_id}
      columns={[
        {
          id: "name",
          title: t("project"),
          cell: (row) => (
            <Link href={`/portal/quality?project=${row.project_id}`}>
              <bdi>{row.name}</bdi>
            </Link>
          ),
        },
        { id: "state", title: t("state"), cell: (row) => <Badge tone={row.state === "active" ? "good" : "warn"}>{t(`project_${row.state}`)}</Badge> },
        { id: "price", title: t("price"), isNumber: true, cell: (row) => <bdi>{priceOf(own(row)) ?? t("no_price")}</bdi> },
        { id: "live", title: t("live"), isNumber: true, cell: (row) => <bdi>{formatNumber(count(row, "live"))}</bdi> },
        { id: "submitted", title: t("submitted"), isNumber: true, cell: (row) => <bdi>{formatNumber(count(row, "submitted"))}</bdi> },
        { id: "skipped", title: t("skipped"), isNumber: true, cell: (row) => <bdi>{formatNumber(count(row, "skipped"))}</bdi> },
        { id: "expired", title: t("expired"), isNumber: true, cell: (row) => <bdi>{formatNumber(count(row, "expired") + count(row, "revoked"))}</bdi> },
      ]}
    />
  );
}

const priceOf = (terms: Schemas["ProjectSupplier"] | undefined) => (terms?.price_micros === null || terms === undefined ? null : moneyText(terms.price_micros / 1e6, terms.currency));
