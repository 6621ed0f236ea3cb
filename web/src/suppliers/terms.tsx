// Which suppliers may work on the project, for what price, seeing which fields; and the stop button of each.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { api, take, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { Badge, Button, Card, Empty, Loaded, Table } from "../ui";
import { useNames } from "../admin/names";
import { moneyText } from "./figures";
import { SupplierState } from "./parts";
import { SuspendInProject } from "./suspend_supplier";
import { TermsDialog } from "./terms_dialog";

type ProjectSupplier = Schemas["ProjectSupplier"];
interface TermsProps {
  projectId: string;
  mayChange: boolean;
}

export function Terms({ projectId, mayChange }: TermsProps) {
  const { t } = useTranslation("suppliers");
  const [edited, setEdited] = useState<ProjectSupplier | "new" | null>(null);
  const params = { path: { project_id: projectId } };
  const terms = useRead(["project_suppliers", projectId], () => take(api.GET("/api/v1/projects/{project_id}/suppliers", { params })));
  const add = mayChange ? (
    <Button size="s" onPress={() => setEdited("new")}>
      {t("add_supplier")}
    </Button>
  ) : null;
  return (
    <Card title={t("terms")} actions={add}>
      <Loaded query={terms}>
        {({ data }) => (data.length ? <TermsTable rows={data} mayChange={mayChange} onEdit={setEdited} /> : <Empty title={t("no_terms")} text={t("no_terms_text")} />)}
      </Loaded>
      {edited ? <TermsDialog projectId={projectId} terms={edited === "new" ? null : edited} taken={(terms.data?.data ?? []).map((row) => row.supplier_id)} onClose={() => setEdited(null)} /> : null}
    </Card>
  );
}

interface TermsTableProps {
  rows: readonly ProjectSupplier[];
  mayChange: boolean;
  onEdit: (terms: ProjectSupplier) => void;
}

function TermsTable({ rows, mayChange, onEdit }: TermsTableProps) {
  const { t } = useTranslation("suppliers");
  const nameOf = useNames();
  return (
    <Table
      label={t("terms")}
      rows={rows}
      keyOf={(row) => row.supplier_id}
      columns={[
        {
          id: "name",
          title: t("supplier"),
          cell: (row) => (
            <Link href={`/suppliers/${row.supplier_id}`}>
              <bdi>{nameOf(row.supplier_id)}</bdi>
            </Link>
          ),
        },
        { id: "state", title: t("state"), cell: (row) => <SupplierState state={row.state} /> },
        { id: "price", title: t("price"), isNumber: true, cell: (row) => <bdi>{row.price_micros === null ? t("not_known_price") : moneyText(row.price_micros / 1e6, row.currency)}</bdi> },
        {
          id: "fields",
          title: t("granted_fields"),
          cell: (row) =>
            row.granted_fields === null ? (
              t("all_fields")
            ) : (
              <span className="row">
                {row.granted_fields.map((field) => (
                  <Badge key={field}>
                    <bdi>{field}</bdi>
                  </Badge>
                ))}
              </span>
            ),
        },
        {
          id: "more",
          title: <span className="sr-only">{t("change")}</span>,
          cell: (row) =>
            mayChange ? (
              <span className="row no-print">
                <Button size="s" aria-label={t("edit_of", { name: nameOf(row.supplier_id) })} onPress={() => onEdit(row)}>
                  {t("edit")}
                </Button>
                <SuspendInProject terms={row} name={nameOf(row.supplier_id)} />
              </span>
            ) : null,
        },
      ]}
    />
  );
}
