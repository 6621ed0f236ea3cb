// API keys: made (the secret is shown once), looked at, revoked. Used by the administration and by the supplier portal.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take, takePages, type Schemas } from "../api/client";
import { queries, useRead } from "../api/query";
import { formatAgo, formatDate } from "../i18n/format";
import { Badge, Button, Confirm, Empty, Loaded, Table, toast, type Tone } from "../ui";
import { useAct } from "../ui/act";
import { useNames } from "./names";

type ApiKey = Schemas["ApiKey"];
type KeyState = "live" | "expired" | "revoked";

export function stateOf(key: Pick<ApiKey, "expires_at" | "revoked_at">, now = Date.now()): KeyState {
  if (key.revoked_at) return "revoked";
  return key.expires_at && new Date(key.expires_at).getTime() <= now ? "expired" : "live";
}

const kTones: Record<KeyState, Tone> = { live: "good", expired: "warn", revoked: "plain" };

interface KeyListProps {
  ofEverybody?: boolean;
  supplierId?: string;
  hidesDead?: boolean;
}

export function KeyList({ ofEverybody = false, supplierId, hidesDead = false }: KeyListProps) {
  const { t } = useTranslation(["people", "access"]);
  const query = { of_everybody: ofEverybody || undefined };
  const keys = useRead(["api_keys", ofEverybody], () => takePages((after) => api.GET("/api/v1/api_keys", { params: { query: { ...query, after, limit: 500 } } }), 2000));
  const nameOf = useNames();
  const act = useAct();
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  const revoke = async (api_key_id: string) => {
    await take(api.DELETE("/api/v1/api_keys/{api_key_id}", { params: { path: { api_key_id } } }));
    await queries.invalidateQueries({ queryKey: ["api_keys"] });
    toast(t("key_revoked"));
  };
  return (
    <>
      <Loaded query={keys}>
        {(all) => {
          const rows = all.filter((key) => (!supplierId || key.supplier_id === supplierId) && (!hidesDead || stateOf(key) === "live")).reverse();
          if (!rows.length) return <Empty title={t("no_key")} text={t("no_key_text")} />;
          return (
            <Table
              label={t("keys")}
              rows={rows}
              keyOf={(row) => row.api_key_id}
              columns={[
                { id: "name", title: t("key_name"), cell: (row) => <NameCell row={row} /> },
                { id: "role", title: t("access:role"), cell: (row) => <Badge tone="accent">{t(`access:role_${row.role}`)}</Badge> },
                { id: "where", title: t("where"), cell: (row) => <bdi>{nameOf(row.project_id ?? row.supplier_id) || t("organisation")}</bdi> },
                { id: "state", title: t("state"), cell: (row) => <Badge tone={kTones[stateOf(row)]}>{t(`key_${stateOf(row)}`)}</Badge> },
                { id: "until", title: t("access:valid_until"), cell: (row) => (row.expires_at ? formatDate(row.expires_at) : t("no_end")) },
                { id: "used", title: t("last_used"), cell: (row) => (row.last_used_at ? formatAgo(row.last_used_at) : t("never")) },
                {
                  id: "more",
                  title: <span className="sr-only">{t("access:actions")}</span>,
                  cell: (row) =>
                    row.revoked_at ? null : (
                      <Button size="s" aria-label={t("revoke_of", { name: row.name })} onPress={() => setRevoked(row)}>
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
        title={t("revoke_key")}
        text={t("revoke_key_text", { name: revoked?.name ?? "" })}
        action={t("revoke")}
        isOpen={revoked !== null}
        isDangerous
        onClose={() => setRevoked(null)}
        onConfirm={() => act(() => revoke(revoked?.api_key_id ?? ""))}
      />
    </>
  );
}

function NameCell({ row }: { row: ApiKey }) {
  return (
    <div>
      <bdi>{row.name}</bdi>
      <br />
      <code dir="ltr" className="muted">
        {row.shown_prefix}…
      </code>
    </div>
  );
}
