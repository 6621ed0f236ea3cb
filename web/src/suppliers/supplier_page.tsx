// One supplier: its name and kind, its stop button, its annotators, its people, its open invitations.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "wouter";
import { api, takeWithEtag, takePages, type Schemas } from "../api/client";
import { queries, useRead } from "../api/query";
import { FormProblem, useSubmit } from "../session/door";
import { useMe } from "../session/store";
import { Badge, Button, Card, Loaded, Page, Table, toast } from "../ui";
import { useAddress } from "../ui/address";
import { InviteDialog } from "../admin/invite_dialog";
import { InviteList } from "../admin/invites_page";
import { changesSuppliers, isOwner } from "../admin/rights";
import { Annotators } from "./annotators";
import { SupplierState } from "./parts";
import { SuspendSupplier } from "./suspend_supplier";
import { SupplierFields } from "./supplier_fields";

type Read = { body: Schemas["Supplier"]; etag: string };

export default function SupplierPage() {
  const { t } = useTranslation("suppliers");
  const me = useMe();
  const { supplierId } = useParams<{ supplierId: string }>();
  const [value, change] = useAddress();
  const params = { path: { supplier_id: supplierId } };
  const supplier = useRead(["suppliers", supplierId], () => takeWithEtag(api.GET("/api/v1/suppliers/{supplier_id}", { params })), { staleTime: 0 });
  const actions = supplier.data && changesSuppliers(me) ? <SuspendSupplier supplier={supplier.data.body} /> : null;
  return (
    <Page title={supplier.data?.body.name ?? t("supplier")} crumbs={[{ to: "/suppliers", label: t("suppliers") }]} actions={actions}>
      <Loaded query={supplier}>
        {(read) => (
          <>
            <div className="row">
              <SupplierState state={read.body.state} />
              <Badge>{t(`kind_${read.body.kind}`)}</Badge>
            </div>
            {changesSuppliers(me) ? <EditCard key={read.etag} read={read} /> : null}
            <Card title={t("annotators")}>
              <Annotators supplierId={supplierId} mayChange={isOwner(me)} />
            </Card>
            <Card title={t("its_people")} actions={<InviteButton onPress={() => change({ invite: "1" })} />}>
              <div className="stack">
                <People supplierId={supplierId} />
                <h3>{t("open_invitations")}</h3>
                <InviteList supplierId={supplierId} />
              </div>
            </Card>
            <InviteDialog supplierId={supplierId} isOpen={value("invite") !== null} onClose={() => change({ invite: null })} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function InviteButton({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation("suppliers");
  const me = useMe();
  if (!changesSuppliers(me)) return null;
  return (
    <Button size="s" onPress={onPress}>
      {t("invite_to_supplier")}
    </Button>
  );
}

function EditCard({ read }: { read: Read }) {
  const { t } = useTranslation(["suppliers", "common"]);
  const [edit, setEdit] = useState<Schemas["NewSupplier"]>({ name: read.body.name, kind: read.body.kind });
  const isSame = edit.name === read.body.name && edit.kind === read.body.kind;
  const { isBusy, error, submit } = useSubmit(async () => {
    const params = { path: { supplier_id: read.body.supplier_id }, header: { "If-Match": read.etag } };
    await takeWithEtag(api.PATCH("/api/v1/suppliers/{supplier_id}", { params, body: edit }));
    await queries.invalidateQueries({ queryKey: ["suppliers"] });
    toast(t("saved"));
  });
  return (
    <Card title={t("edit_supplier")}>
      <form className="stack" onSubmit={submit}>
        <SupplierFields value={edit} onChange={setEdit} />
        <FormProblem error={error} />
        <div className="row end">
          <Button type="submit" kind="primary" isPending={isBusy} isDisabled={isSame}>
            {t("common:save")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** Managers and annotators with an account, as far as one may know who they are. */
export function People({ supplierId }: { supplierId: string }) {
  const { t } = useTranslation(["suppliers", "access"]);
  const people = useRead(["members", supplierId], () => takePages((after) => api.GET("/api/v1/members", { params: { query: { supplier_id: supplierId, after, limit: 500 } } }), 5000));
  return (
    <Loaded query={people}>
      {(rows) =>
        rows.length ? (
          <Table
            label={t("its_people")}
            rows={rows}
            keyOf={(row) => row.account_id + row.role}
            columns={[
              {
                id: "name",
                title: t("name"),
                cell: (row) => (
                  <span className="stack tight">
                    <bdi>{row.name || t("pseudonym")}</bdi>
                    {row.email ? (
                      <bdi dir="ltr" className="small muted">
                        {row.email}
                      </bdi>
                    ) : null}
                  </span>
                ),
              },
              { id: "role", title: t("access:role"), cell: (row) => <Badge tone="accent">{t(`access:role_${row.role}`)}</Badge> },
            ]}
          />
        ) : (
          <p className="muted">{t("no_people")}</p>
        )
      }
    </Loaded>
  );
}
