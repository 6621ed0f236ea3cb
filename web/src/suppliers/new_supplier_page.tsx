import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { api, take, type Schemas } from "../api/client";
import { queries } from "../api/query";
import { FormProblem, useSubmit } from "../session/door";
import { Button, Card, LinkButton, Page, toast } from "../ui";
import { SupplierFields } from "./supplier_fields";

export default function NewSupplierPage() {
  const { t } = useTranslation("suppliers");
  const [, go] = useLocation();
  const [supplier, setSupplier] = useState<Schemas["NewSupplier"]>({ name: "", kind: "crowd" });
  const { isBusy, error, submit } = useSubmit(async () => {
    const made = await take(api.POST("/api/v1/suppliers", { body: supplier }));
    await queries.invalidateQueries({ queryKey: ["suppliers"] });
    toast(t("supplier_made"));
    go(`/suppliers/${made.supplier_id}`);
  });
  return (
    <Page title={t("new_supplier")} size="narrow" crumbs={[{ to: "/suppliers", label: t("suppliers") }]}>
      <Card>
        <form className="stack" onSubmit={submit}>
          <SupplierFields value={supplier} onChange={setSupplier} />
          <FormProblem error={error} />
          <div className="row end">
            <LinkButton to="/suppliers">{t("cancel")}</LinkButton>
            <Button type="submit" kind="primary" isPending={isBusy}>
              {t("make_supplier")}
            </Button>
          </div>
        </form>
      </Card>
    </Page>
  );
}
