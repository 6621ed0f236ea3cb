import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take, type Schemas } from "../api/client";
import { queries } from "../api/query";
import { FormProblem, useSubmit } from "../session/door";
import { useMe, type Role } from "../session/store";
import { Button, Dialog, Field, Select } from "../ui";
import { CopyBox } from "../ui/copy_box";
import { isComplete, RoleFields, type RoleChoice } from "./role_fields";

interface KeyDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** A key of this supplier's system; else of any role that one holds oneself. */
  supplierId?: string;
}

export function KeyDialog({ isOpen, onClose, supplierId }: KeyDialogProps) {
  const { t } = useTranslation("people");
  return (
    <Dialog title={t("new_key")} isOpen={isOpen} onClose={onClose}>
      {isOpen ? <KeyForm onClose={onClose} supplierId={supplierId} /> : null}
    </Dialog>
  );
}

const kDays = ["30", "90", "365", "0"] as const;

function KeyForm({ onClose, supplierId }: Omit<KeyDialogProps, "isOpen">) {
  const { t } = useTranslation(["people", "access"]);
  const me = useMe();
  const roles = rolesOf(me.memberships.map((held) => held.role));
  const [name, setName] = useState("");
  const [days, setDays] = useState<(typeof kDays)[number]>("90");
  const [choice, setChoice] = useState<RoleChoice>({ role: supplierId ? "supplier_manager" : (roles[0] ?? "auditor"), project_id: null, supplier_id: supplierId ?? null });
  const [made, setMade] = useState<Schemas["MadeApiKey"] | null>(null);
  const { isBusy, error, submit } = useSubmit(async () => {
    const expires_at = days === "0" ? null : new Date(Date.now() + Number(days) * 86_400_000).toISOString();
    setMade(await take(api.POST("/api/v1/api_keys", { body: { name, ...choice, expires_at } })));
    await queries.invalidateQueries({ queryKey: ["api_keys"] });
  });
  if (made) return <Made secret={made.secret} onClose={onClose} />;
  return (
    <form className="stack" onSubmit={submit}>
      <Field label={t("key_name")} hint={t("key_name_hint")} value={name} onChange={setName} maxLength={200} isRequired autoFocus />
      {supplierId ? null : <RoleFields value={choice} onChange={setChoice} roles={roles} />}
      <Select label={t("ends_after")} value={days} options={kDays.map((value) => ({ value, label: t(`days_${value}`) }))} onChange={setDays} />
      <FormProblem error={error} />
      <div className="row end">
        <Button onPress={onClose}>{t("cancel")}</Button>
        <Button type="submit" kind="primary" isPending={isBusy} isDisabled={!isComplete(choice)}>
          {t("make_key")}
        </Button>
      </div>
    </form>
  );
}

/** What an owner or a data lead may put into a key is more than the role itself. */
function rolesOf(held: readonly Role[]): Role[] {
  if (held.includes("owner")) return ["owner", "data_lead", "reviewer", "auditor", "supplier_manager"];
  if (held.includes("data_lead")) return ["data_lead"];
  return [...new Set(held)].filter((role) => role !== "annotator");
}

function Made({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation("people");
  return (
    <div className="stack">
      <p>{t("secret_once")}</p>
      <CopyBox label={t("secret")} text={secret} />
      <div className="row end">
        <Button kind="primary" onPress={onClose}>
          {t("secret_kept")}
        </Button>
      </div>
    </div>
  );
}
