import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take, type Schemas } from "../api/client";
import { queries } from "../api/query";
import { formatDate } from "../i18n/format";
import { FormProblem, useSubmit } from "../session/door";
import type { Role } from "../session/store";
import { Button, Dialog, Field, Select } from "../ui";
import { CopyBox } from "../ui/copy_box";
import { isComplete, RoleFields, type RoleChoice } from "./role_fields";

interface InviteDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** Invites people of this supplier alone. */
  supplierId?: string;
}

export function InviteDialog({ isOpen, onClose, supplierId }: InviteDialogProps) {
  const { t } = useTranslation("people");
  return (
    <Dialog title={t("invite_title")} isOpen={isOpen} onClose={onClose}>
      {isOpen ? <InviteForm onClose={onClose} supplierId={supplierId} /> : null}
    </Dialog>
  );
}

const kOfSupplier: readonly Role[] = ["annotator", "supplier_manager"];

function InviteForm({ onClose, supplierId }: Omit<InviteDialogProps, "isOpen">) {
  const { t } = useTranslation(["people", "access"]);
  const [email, setEmail] = useState("");
  const [choice, setChoice] = useState<RoleChoice>({ role: supplierId ? "annotator" : "reviewer", project_id: null, supplier_id: supplierId ?? null });
  const [made, setMade] = useState<Schemas["MadeInvite"] | null>(null);
  const { isBusy, error, submit } = useSubmit(async () => {
    setMade(await take(api.POST("/api/v1/invites", { body: { email, ...choice } })));
    await queries.invalidateQueries({ queryKey: ["invites"] });
  });
  if (made) return <Made invite={made} onClose={onClose} />;
  return (
    <form className="stack" onSubmit={submit}>
      <Field label={t("access:email")} type="email" value={email} onChange={setEmail} dir="ltr" autoComplete="off" isRequired autoFocus />
      {supplierId ? (
        <Select
          label={t("access:role")}
          value={choice.role}
          options={kOfSupplier.map((role) => ({ value: role, label: t(`access:role_${role}`) }))}
          onChange={(role) => setChoice({ ...choice, role })}
        />
      ) : (
        <RoleFields value={choice} onChange={setChoice} />
      )}
      <FormProblem error={error} />
      <div className="row end">
        <Button onPress={onClose}>{t("cancel")}</Button>
        <Button type="submit" kind="primary" isPending={isBusy} isDisabled={!isComplete(choice)}>
          {t("make_link")}
        </Button>
      </div>
    </form>
  );
}

function Made({ invite, onClose }: { invite: Schemas["MadeInvite"]; onClose: () => void }) {
  const { t } = useTranslation("people");
  const link = new URL(invite.link, location.origin).href;
  return (
    <div className="stack">
      <p>{t("link_text", { email: invite.email, until: formatDate(invite.expires_at) })}</p>
      <CopyBox label={t("link")} text={link} />
      <div className="row end">
        <Button kind="primary" onPress={onClose}>
          {t("link_sent")}
        </Button>
      </div>
    </div>
  );
}
