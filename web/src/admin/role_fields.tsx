// A role and where it is held: of an invitation, of a member, of a key.
import { useTranslation } from "react-i18next";
import { Select } from "../ui";
import { useMe, type Role } from "../session/store";
import { useProjects, useSuppliers } from "./names";
import { isHeldAtProject, isHeldAtSupplier, rolesToGive } from "./rights";

export interface RoleChoice {
  role: Role;
  project_id: string | null;
  supplier_id: string | null;
}

const kEverywhere = "everywhere";

interface RoleFieldsProps {
  value: RoleChoice;
  onChange: (value: RoleChoice) => void;
  roles?: readonly Role[];
}

export function RoleFields({ value, onChange, roles }: RoleFieldsProps) {
  const { t } = useTranslation(["people", "access"]);
  const me = useMe();
  const given = roles ?? rolesToGive(me);
  return (
    <>
      <Select
        label={t("access:role")}
        value={value.role}
        options={given.map((role) => ({ value: role, label: t(`access:role_${role}`) }))}
        onChange={(role) => onChange({ role, project_id: null, supplier_id: null })}
      />
      <p className="hint muted small">{t(`what_${value.role}`)}</p>
      {isHeldAtProject(value.role) ? <ProjectSelect value={value.project_id} onChange={(project_id) => onChange({ ...value, project_id })} /> : null}
      {isHeldAtSupplier(value.role) ? <SupplierSelect value={value.supplier_id} onChange={(supplier_id) => onChange({ ...value, supplier_id })} /> : null}
    </>
  );
}

interface WhereProps {
  value: string | null;
  onChange: (value: string | null) => void;
}

function ProjectSelect({ value, onChange }: WhereProps) {
  const { t } = useTranslation(["people", "access"]);
  const projects = useProjects();
  // Who leads one project gives roles there alone.
  const isEverywhere = useMe().memberships.some((held) => held.scope === "organisation");
  const options = (projects.data ?? []).map((project) => ({ value: project.project_id, label: project.name }));
  return (
    <Select
      label={t("where")}
      value={value ?? (isEverywhere ? kEverywhere : null)}
      options={isEverywhere ? [{ value: kEverywhere, label: t("every_project") }, ...options] : options}
      onChange={(id) => onChange(id === kEverywhere ? null : id)}
    />
  );
}

function SupplierSelect({ value, onChange }: WhereProps) {
  const { t } = useTranslation("people");
  const suppliers = useSuppliers();
  return (
    <Select
      label={t("supplier")}
      placeholder={t("choose_supplier")}
      value={value}
      options={(suppliers.data ?? []).map((supplier) => ({ value: supplier.supplier_id, label: supplier.name }))}
      onChange={onChange}
    />
  );
}

/** Whether the server would take it as it stands. */
export const isComplete = (choice: RoleChoice) => !isHeldAtSupplier(choice.role) || choice.supplier_id !== null;
