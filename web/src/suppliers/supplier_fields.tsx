import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { Field, Select } from "../ui";
import { kKinds } from "./parts";

interface SupplierFieldsProps {
  value: Schemas["NewSupplier"];
  onChange: (value: Schemas["NewSupplier"]) => void;
}

export function SupplierFields({ value, onChange }: SupplierFieldsProps) {
  const { t } = useTranslation("suppliers");
  return (
    <>
      <Field label={t("name")} value={value.name} onChange={(name) => onChange({ ...value, name })} maxLength={200} isRequired />
      <Select label={t("kind")} value={value.kind} options={kKinds.map((kind) => ({ value: kind, label: t(`kind_${kind}`) }))} onChange={(kind) => onChange({ ...value, kind })} />
      <p className="muted small">{t(`kind_${value.kind}_text`)}</p>
    </>
  );
}
