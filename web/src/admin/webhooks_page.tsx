// Addresses that are told of a project's events.
import { useTranslation } from "react-i18next";
import { Link, useParams } from "wouter";
import { api, take, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { formatNumber } from "../i18n/format";
import { useMe } from "../session/store";
import { Badge, Button, Empty, Loaded, Table } from "../ui";
import { useAddress } from "../ui/address";
import { ProjectFrame } from "../project/frame";
import { changesProject } from "../project/rights";
import { StateBadge } from "./members_page";
import { WebhookDialog } from "./webhook_dialog";

type Webhook = Schemas["Webhook"];

export default function WebhooksPage() {
  const { t } = useTranslation("people");
  const me = useMe();
  const { projectId } = useParams<{ projectId: string }>();
  const [value, change] = useAddress();
  const path = { project_id: projectId };
  const webhooks = useRead(["webhooks", projectId], () => take(api.GET("/api/v1/projects/{project_id}/webhooks", { params: { path } })));
  const actions = changesProject(me) ? (
    <Button kind="primary" onPress={() => change({ make: "1" })}>
      {t("new_webhook")}
    </Button>
  ) : null;
  return (
    <ProjectFrame projectId={projectId} title={t("webhooks")} actions={actions}>
      <p className="muted">{t("webhooks_text")}</p>
      <Loaded query={webhooks}>
        {({ data }) =>
          data.length ? <WebhookTable rows={data} /> : <Empty title={t("no_webhook")} text={t("no_webhook_text")} />
        }
      </Loaded>
      <WebhookDialog projectId={projectId} isOpen={value("make") !== null} onClose={() => change({ make: null })} />
    </ProjectFrame>
  );
}

function WebhookTable({ rows }: { rows: readonly Webhook[] }) {
  const { t } = useTranslation("people");
  return (
    <Table
      label={t("webhooks")}
      rows={rows}
      keyOf={(row) => row.webhook_id}
      columns={[
        {
          id: "url",
          title: t("url"),
          cell: (row) => (
            <Link href={`/projects/${row.project_id}/webhooks/${row.webhook_id}`}>
              <bdi dir="ltr">{row.url}</bdi>
            </Link>
          ),
        },
        { id: "kinds", title: t("kinds"), cell: (row) => (row.kinds.length ? <Kinds kinds={row.kinds} /> : t("all_kinds")) },
        { id: "state", title: t("state"), cell: (row) => <StateBadge state={row.state} /> },
        { id: "sequence", title: t("delivered_to"), isNumber: true, cell: (row) => formatNumber(row.after_sequence) },
        { id: "trouble", title: t("trouble"), cell: (row) => (row.last_error ? <Badge tone="bad">{row.last_error}</Badge> : <Badge tone="good">{t("none")}</Badge>) },
      ]}
    />
  );
}

export function Kinds({ kinds }: { kinds: readonly string[] }) {
  return (
    <span className="row">
      {kinds.map((kind) => (
        <Badge key={kind}>
          <bdi dir="ltr">{kind}</bdi>
        </Badge>
      ))}
    </span>
  );
}
