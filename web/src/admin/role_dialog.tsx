// Another role for somebody who is a member already: the one they have is taken once the new one is theirs.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take, type Schemas } from "../api/client";
import { queries } from "../api/query";
import { FormProblem, useSubmit } from "../session/door";
import { useMe, type Role } from "../session/store";
import { Button, Check, Dialog, toast } from "../ui";
import { isComplete, RoleFields, type RoleChoice } from "./role_fields";
import { rolesToGive } from "./rights";

type Member = Schemas["Member"];

export function RoleDialog({ member, onClose }: { member: Member | null; onClose: () => void }) {
  const { t } = useTranslation("people");
  return (
    <Dialog title={t("change_role_of", { name: member?.name ?? "" })} isOpen={member !== null} onClose={onClose}>
      {member ? <RoleForm member={member} onClose={onClose} /> : null}
    </Dialog>
  );
}

function RoleForm({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation("people");
  // Annotators come by invitation: they need to be some supplier's annotator too.
  const roles: Role[] = rolesToGive(useMe()).filter((role) => role !== "annotator");
  const [choice, setChoice] = useState<RoleChoice>({ role: roles.includes(member.role) ? member.role : (roles[0] ?? "reviewer"), project_id: member.project_id, supplier_id: member.supplier_id });
  const [keepsOld, setKeepsOld] = useState(false);
  const { account_id, role, project_id, supplier_id } = member;
  const isSame = choice.role === role && choice.project_id === project_id && choice.supplier_id === supplier_id;
  const { isBusy, error, submit } = useSubmit(async () => {
    await take(api.POST("/api/v1/members:give_role", { body: { account_id, ...choice } }));
    if (!keepsOld) await take(api.POST("/api/v1/members:take_role", { body: { account_id, role, project_id, supplier_id } }));
    await queries.invalidateQueries({ queryKey: ["members"] });
    toast(t("done"));
    onClose();
  });
  return (
    <form className="stack" onSubmit={submit}>
      <RoleFields value={choice} onChange={setChoice} roles={roles} />
      <Check label={t("keep_old_role")} isSelected={keepsOld} onChange={setKeepsOld} />
      <FormProblem error={error} />
      <div className="row end">
        <Button type="submit" kind="primary" isPending={isBusy} isDisabled={isSame || !isComplete(choice)}>
          {t("change_role")}
        </Button>
      </div>
    </form>
  );
}
