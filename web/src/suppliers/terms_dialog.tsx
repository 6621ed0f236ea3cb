import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take, type Schemas } from "../api/client";
import { queries } from "../api/query";
import { FormProblem, useSubmit } from "../session/door";
import { Button, Check, Dialog, Field, Select, toast } from "../ui";
import { useNames, useSuppliers } from "../admin/names";
import { listOf } from "../admin/settings_form";

type ProjectSupplier = Schemas["ProjectSupplier"];
interface TermsDialogProps {
  projectId: string;
  /** Null: another supplier is added. */
  terms: ProjectSupplier | null;
  taken: readonly string[];
  onClose: () => void;
}

export function TermsDialog({ projectId, terms, taken, onClose }: TermsDialogProps) {
  const { t } = useTranslation(["suppliers", "common"]);
  const nameOf = useNames();
  const suppliers = useSuppliers();
  const [supplier, setSupplier] = useState<string | null>(terms?.supplier_id ?? null);
  const [price, setPrice] = useState(terms?.price_micros === null || terms === null ? "" : String(terms.price_micros / 1e6));
  const [currency, setCurrency] = useState(terms?.currency ?? "USD");
  const [seesAll, setSeesAll] = useState((terms?.granted_fields ?? null) === null);
  const [fields, setFields] = useState((terms?.granted_fields ?? []).join("\n"));
  const { isBusy, error, submit } = useSubmit(async () => {
    const body = {
      granted_fields: seesAll ? null : listOf(fields),
      price_micros: price === "" ? null : Math.round(Number(price) * 1e6),
      currency: price === "" ? null : currency,
    };
    if (terms) {
      const params = { path: { project_id: projectId, supplier_id: terms.supplier_id }, header: { "If-Match": `"${String(terms.version)}"` } };
      await take(api.PUT("/api/v1/projects/{project_id}/suppliers/{supplier_id}", { params, body }));
    } else {
      const params = { path: { project_id: projectId } };
      await take(api.POST("/api/v1/projects/{project_id}/suppliers", { params, body: { supplier_id: supplier ?? "", ...body } }));
    }
    await queries.invalidateQueries({ queryKey: ["project_suppliers", projectId] });
    toast(t("saved"));
    onClose();
  });
  const free = (suppliers.data ?? []).filter((row) => !taken.includes(row.supplier_id));
  return (
    <Dialog title={terms ? t("edit_of", { name: nameOf(terms.supplier_id) }) : t("add_supplier")} isOpen onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        {terms ? null : <Select label={t("supplier")} placeholder={t("choose")} value={supplier} options={free.map((row) => ({ value: row.supplier_id, label: row.name }))} onChange={setSupplier} />}
        <div className="grid">
          <Field label={t("price")} hint={t("price_hint")} type="number" dir="ltr" value={price} onChange={setPrice} min={0} step="any" />
          <Field label={t("currency")} dir="ltr" value={currency} onChange={(text) => setCurrency(text.toUpperCase())} maxLength={3} minLength={3} isRequired={price !== ""} />
        </div>
        <Check label={t("sees_all_fields")} isSelected={seesAll} onChange={setSeesAll} />
        {seesAll ? null : <Field label={t("granted_fields")} hint={t("granted_fields_hint")} value={fields} onChange={setFields} rows={3} dir="ltr" />}
        <FormProblem error={error} />
        <div className="row end">
          <Button onPress={onClose}>{t("common:cancel")}</Button>
          <Button type="submit" kind="primary" isPending={isBusy} isDisabled={!supplier}>
            {t("common:save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
