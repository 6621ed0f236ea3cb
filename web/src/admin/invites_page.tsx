// Invitations that are open, and new ones: the link is shown once, to be sent by whoever invites.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take, takePages, type Schemas } from "../api/client";
import { queries, useRead } from "../api/query";
import { formatDate } from "../i18n/format";
import { useMe } from "../session/store";
import { Badge, Button, Confirm, Empty, Loaded, Table, toast } from "../ui";
import { useAct } from "../ui/act";
import { useAddress } from "../ui/address";
import { AdminFrame } from "./frame";
import { InviteDialog } from "./invite_dialog";
import { useNames } from "./names";
import { changesPeople } from "./rights";

type Invite = Schemas["Invite"];

export default function InvitesPage() {
  const { t } = useTranslation("people");
  const me = useMe();
  const [value, change] = useAddress();
  const actions = changesPeople(me) ? (
    <Button kind="primary" onPress={() => change({ invite: "1" })}>
      {t("invite")}
    </Button>
  ) : null;
  return (
    <AdminFrame title={t("invitations")} actions={actions}>
      <InviteList />
      <InviteDialog isOpen={value("invite") !== null} onClose={() => change({ invite: null })} />
    </AdminFrame>
  );
}

const readInvites = () => takePages((after) => api.GET("/api/v1/invites", { params: { query: { after, limit: 500 } } }), 2000);

/** The open invitations that one may see; of one supplier when it is named. */
export function InviteList({ supplierId }: { supplierId?: string }) {
  const { t } = useTranslation(["people", "access"]);
  const invites = useRead(["invites"], readInvites);
  const nameOf = useNames();
  const act = useAct();
  const [revoked, setRevoked] = useState<Invite | null>(null);
  const revoke = async (invite_id: string) => {
    await take(api.DELETE("/api/v1/invites/{invite_id}", { params: { path: { invite_id } } }));
    await queries.invalidateQueries({ queryKey: ["invites"] });
    toast(t("invite_revoked"));
  };
  return (
    <>
      <Loaded query={invites}>
        {(all) => {
          const rows = supplierId ? all.filter((invite) => invite.supplier_id === supplierId) : all;
          if (!rows.length) return <Empty title={t("no_invite")} text={t("no_invite_text")} />;
          return (
            <Table
              label={t("invitations")}
              rows={rows}
              keyOf={(row) => row.invite_id}
              columns={[
                { id: "email", title: t("access:email"), cell: (row) => <bdi dir="ltr">{row.email}</bdi> },
                { id: "role", title: t("access:role"), cell: (row) => <Badge tone="accent">{t(`access:role_${row.role}`)}</Badge> },
                { id: "where", title: t("where"), cell: (row) => <bdi>{nameOf(row.project_id ?? row.supplier_id) || t("organisation")}</bdi> },
                { id: "until", title: t("access:valid_until"), cell: (row) => <bdi className="number">{formatDate(row.expires_at)}</bdi> },
                {
                  id: "more",
                  title: <span className="sr-only">{t("access:actions")}</span>,
                  cell: (row) => (
                    <Button size="s" aria-label={t("revoke_of", { name: row.email })} onPress={() => setRevoked(row)}>
                      {t("revoke")}
                    </Button>
                  ),
                },
              ]}
            />
          );
        }}
      </Loaded>
      <Confirm
        title={t("revoke_invite")}
        text={t("revoke_invite_text", { email: revoked?.email ?? "" })}
        action={t("revoke")}
        isOpen={revoked !== null}
        isDangerous
        onClose={() => setRevoked(null)}
        onConfirm={() => act(() => revoke(revoked?.invite_id ?? ""))}
      />
    </>
  );
}
