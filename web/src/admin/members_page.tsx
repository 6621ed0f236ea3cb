// Who holds which role, and where: giving and taking roles, suspending and erasing accounts.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take, type Schemas } from "../api/client";
import { queries, useRead } from "../api/query";
import { formatDate } from "../i18n/format";
import { useMe, type Role } from "../session/store";
import { Badge, Confirm, Empty, Field, LinkButton, Loaded, Menu, Select, Table, toast, type MenuEntry } from "../ui";
import { useAct } from "../ui/act";
import { useAddress } from "../ui/address";
import { AdminFrame } from "./frame";
import { readMembers, useNames } from "./names";
import { RoleDialog } from "./role_dialog";
import { changesPeople, isOwner } from "./rights";

type Member = Schemas["Member"];
type Change = { kind: "take" | "suspend" | "resume" | "erase"; member: Member };

const kRoles: readonly Role[] = ["owner", "data_lead", "reviewer", "auditor", "supplier_manager", "annotator"];
const kAll = "all";

export default function MembersPage() {
  const { t } = useTranslation(["people", "access"]);
  const me = useMe();
  const members = useRead(["members"], readMembers);
  const [value, change] = useAddress();
  const [role, text] = [value("role") ?? kAll, value("find") ?? ""];
  const actions = changesPeople(me) ? (
    <LinkButton to="/people/invites?invite=1" kind="primary">
      {t("invite")}
    </LinkButton>
  ) : null;
  const isShown = (member: Member) =>
    (role === kAll || member.role === role) && `${member.name} ${member.email ?? ""} ${member.account_id}`.toLowerCase().includes(text.toLowerCase());
  return (
    <AdminFrame title={t("members")} actions={actions}>
      <div className="filters">
        <Field label={t("find")} type="search" value={text} onChange={(find) => change({ find })} />
        <Select
          label={t("access:role")}
          value={role}
          options={[{ value: kAll, label: t("every_role") }, ...kRoles.map((each) => ({ value: each as string, label: t(`access:role_${each}`) }))]}
          onChange={(next) => change({ role: next === kAll ? null : next })}
        />
      </div>
      <Loaded query={members}>{(rows) => <MemberTable rows={rows.filter(isShown)} />}</Loaded>
    </AdminFrame>
  );
}

function MemberTable({ rows }: { rows: readonly Member[] }) {
  const { t } = useTranslation(["people", "access"]);
  const nameOf = useNames();
  const [change, setChange] = useState<Change | null>(null);
  const [given, setGiven] = useState<Member | null>(null);
  if (!rows.length) return <Empty title={t("no_member")} text={t("no_member_text")} />;
  return (
    <>
      <Table
        label={t("members")}
        rows={rows}
        keyOf={(row) => row.account_id + row.role + row.scope + String(row.project_id) + String(row.supplier_id)}
        columns={[
          { id: "name", title: t("access:name"), cell: (row) => <Who member={row} /> },
          { id: "role", title: t("access:role"), cell: (row) => <Badge tone="accent">{t(`access:role_${row.role}`)}</Badge> },
          { id: "where", title: t("where"), cell: (row) => <bdi>{nameOf(row.project_id ?? row.supplier_id) || t("organisation")}</bdi> },
          { id: "state", title: t("state"), cell: (row) => <StateBadge state={row.state} /> },
          { id: "since", title: t("since"), cell: (row) => <bdi className="number">{formatDate(row.granted_at)}</bdi> },
          { id: "more", title: <span className="sr-only">{t("access:actions")}</span>, cell: (row) => <MemberMenu member={row} onChange={setChange} onGive={setGiven} /> },
        ]}
      />
      <ConfirmChange change={change} onClose={() => setChange(null)} />
      <RoleDialog member={given} onClose={() => setGiven(null)} />
    </>
  );
}

function Who({ member }: { member: Member }) {
  const { t } = useTranslation("people");
  return (
    <div>
      <bdi>{member.name || t("pseudonym")}</bdi>
      <br />
      <bdi dir="ltr" className="muted small">
        {member.email ?? member.account_id}
      </bdi>
    </div>
  );
}

export function StateBadge({ state }: { state: "active" | "suspended" | "erased" | "paused" }) {
  const { t } = useTranslation("people");
  return <Badge tone={state === "active" ? "good" : state === "erased" ? "plain" : "warn"}>{t(`state_${state}`)}</Badge>;
}

interface MemberMenuProps {
  member: Member;
  onChange: (change: Change) => void;
  onGive: (member: Member) => void;
}

function MemberMenu({ member, onChange, onGive }: MemberMenuProps) {
  const { t } = useTranslation("people");
  const me = useMe();
  if (!changesPeople(me) || member.state === "erased") return null;
  const entry = (kind: Change["kind"], label: string): MenuEntry => ({ id: kind, label, onAction: () => onChange({ kind, member }) });
  const entries: MenuEntry[] = [{ id: "give", label: t("change_role"), onAction: () => onGive(member) }, entry("take", t("take_role"))];
  if (isOwner(me) && member.account_id !== me.account_id)
    entries.push(member.state === "active" ? entry("suspend", t("suspend")) : entry("resume", t("resume")), entry("erase", t("erase")));
  return <Menu label={t("change_of", { name: member.name || member.account_id })} entries={entries}><span aria-hidden="true">⋯</span></Menu>;
}

async function make({ kind, member }: Change): Promise<void> {
  const { account_id, role, project_id, supplier_id } = member;
  const path = { params: { path: { account_id } } };
  if (kind === "take") await take(api.POST("/api/v1/members:take_role", { body: { account_id, role, project_id, supplier_id } }));
  if (kind === "suspend") await take(api.POST("/api/v1/accounts/{account_id}:suspend", path));
  if (kind === "resume") await take(api.POST("/api/v1/accounts/{account_id}:resume", path));
  if (kind === "erase") await take(api.POST("/api/v1/accounts/{account_id}:erase", path));
  await queries.invalidateQueries({ queryKey: ["members"] });
}

function ConfirmChange({ change, onClose }: { change: Change | null; onClose: () => void }) {
  const { t } = useTranslation(["people", "access"]);
  const act = useAct();
  if (!change) return null;
  const name = change.member.name || change.member.account_id;
  const words = {
    take: { title: t("take_role_of", { name }), text: t("take_role_text", { role: t(`access:role_${change.member.role}`) }), action: t("take_role") },
    suspend: { title: t("suspend_of", { name }), text: t("suspend_text"), action: t("suspend") },
    resume: { title: t("resume_of", { name }), text: t("resume_text"), action: t("resume") },
    erase: { title: t("erase_of", { name }), text: t("erase_text"), action: t("erase") },
  }[change.kind];
  const confirm = () =>
    act(async () => {
      await make(change);
      toast(t("done"));
    });
  return <Confirm {...words} isOpen isDangerous={change.kind !== "resume"} onClose={onClose} onConfirm={confirm} />;
}
