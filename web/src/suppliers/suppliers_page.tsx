// The suppliers of the organisation.
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Schemas } from "../api/client";
import { formatDate } from "../i18n/format";
import { useMe } from "../session/store";
import { Badge, Empty, Field, LinkButton, Loaded, Page, Select, Table } from "../ui";
import { useAddress } from "../ui/address";
import { useSuppliers } from "../admin/names";
import { changesSuppliers } from "../admin/rights";
import { kKinds, SupplierState } from "./parts";

type Supplier = Schemas["Supplier"];
const kAll = "all";

export default function SuppliersPage() {
  const { t } = useTranslation("suppliers");
  const me = useMe();
  const suppliers = useSuppliers();
  const [value, change] = useAddress();
  const [kind, find] = [value("kind") ?? kAll, value("find") ?? ""];
  const isShown = (row: Supplier) => (kind === kAll || row.kind === kind) && row.name.toLowerCase().includes(find.toLowerCase());
  const make = changesSuppliers(me) ? (
    <LinkButton to="/suppliers/new" kind="primary">
      {t("new_supplier")}
    </LinkButton>
  ) : null;
  return (
    <Page title={t("suppliers")} actions={make}>
      <Loaded query={suppliers}>
        {(rows) =>
          rows.length ? (
            <>
              <div className="filters">
                <Field label={t("find")} type="search" value={find} onChange={(text) => change({ find: text })} />
                <Select label={t("kind")} value={kind} options={[{ value: kAll, label: t("every_kind") }, ...kKinds.map((each) => ({ value: each as string, label: t(`kind_${each}`) }))]} onChange={(next) => change({ kind: next === kAll ? null : next })} />
              </div>
              <SupplierTable rows={rows.filter(isShown)} />
            </>
          ) : (
            <Empty title={t("no_supplier")} text={t("no_supplier_text")}>
              {make}
            </Empty>
          )
        }
      </Loaded>
    </Page>
  );
}

function SupplierTable({ rows }: { rows: readonly Supplier[] }) {
  const { t } = useTranslation("suppliers");
  if (!rows.length) return <Empty title={t("none_such")} />;
  return (
    <Table
      label={t("suppliers")}
      rows={rows}
      keyOf={(row) => row.supplier_id}
      columns={[
        {
          id: "name",
          title: t("name"),
          cell: (row) => (
            <Link href={`/suppliers/${row.supplier_id}`}>
              <bdi>{row.name}</bdi>
            </Link>
          ),
        },
        { id: "kind", title: t("kind"), cell: (row) => <Badge>{t(`kind_${row.kind}`)}</Badge> },
        { id: "state", title: t("state"), cell: (row) => <SupplierState state={row.state} /> },
        { id: "since", title: t("since"), cell: (row) => <bdi className="number">{formatDate(row.created_at)}</bdi> },
      ]}
    />
  );
}
