// One webhook: how its deliveries go, a test request, what was sent, its dead letters.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useParams } from "wouter";
import { api, take, type Schemas } from "../api/client";
import { queries, useRead } from "../api/query";
import { formatAgo, formatDateTime, formatNumber } from "../i18n/format";
import { useMe } from "../session/store";
import { Badge, Button, Card, Confirm, Dialog, Loaded, toast } from "../ui";
import { useAct } from "../ui/act";
import { DeadLetters } from "./dead_letters";
import { DeliveryLog } from "./delivery_log";
import { StateBadge } from "./members_page";
import { ProjectFrame } from "../project/frame";
import { changesProject } from "../project/rights";
import { SecretShown } from "./webhook_dialog";
import { TestCard } from "./webhook_test_card";
import { Kinds } from "./webhooks_page";

type Webhook = Schemas["Webhook"];

export default function WebhookPage() {
  const { t } = useTranslation("people");
  const { projectId, webhookId } = useParams<{ projectId: string; webhookId: string }>();
  const path = { project_id: projectId, webhook_id: webhookId };
  const webhook = useRead(["webhooks", projectId, webhookId], () => take(api.GET("/api/v1/projects/{project_id}/webhooks/{webhook_id}", { params: { path } })), { refetchInterval: 5_000 });
  const crumbs = [{ to: `/projects/${projectId}/webhooks`, label: t("webhooks") }];
  return (
    <ProjectFrame projectId={projectId} title={t("webhook")} crumbs={crumbs}>
      <Loaded query={webhook}>
        {(row) => (
          <>
            <Deliveries webhook={row} />
            <TestCard path={path} />
            <DeliveryLog path={path} />
            <DeadLetters path={path} />
          </>
        )}
      </Loaded>
    </ProjectFrame>
  );
}

function Deliveries({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation("people");
  const facts: [string, React.ReactNode][] = [
    [t("url"), <bdi key="url" dir="ltr">{webhook.url}</bdi>],
    [t("kinds"), webhook.kinds.length ? <Kinds key="kinds" kinds={webhook.kinds} /> : t("all_kinds")],
    [t("state"), <StateBadge key="state" state={webhook.state} />],
    [t("delivered_to"), formatNumber(webhook.after_sequence)],
    [t("failed_attempts"), formatNumber(webhook.attempt_count)],
    [t("next_attempt"), webhook.next_attempt_at ? formatDateTime(webhook.next_attempt_at) : t("at_once")],
    [t("trouble"), webhook.last_error ? <Badge key="error" tone="bad">{webhook.last_error}</Badge> : t("none")],
    [t("made"), formatAgo(webhook.created_at)],
  ];
  return (
    <Card title={t("deliveries")} actions={<Actions webhook={webhook} />}>
      <dl className="facts">
        {facts.map(([label, value]) => (
          <div key={label} className="fact">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Actions({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation("people");
  const me = useMe();
  const act = useAct();
  const [, go] = useLocation();
  const [asked, setAsked] = useState<"delete" | "rotate" | null>(null);
  const [made, setMade] = useState<Schemas["MadeWebhook"] | null>(null);
  const params = { path: { project_id: webhook.project_id, webhook_id: webhook.webhook_id } };
  const changed = () => queries.invalidateQueries({ queryKey: ["webhooks", webhook.project_id] });
  if (!changesProject(me)) return null;
  const turn = async () => {
    if (webhook.state === "active") await take(api.POST("/api/v1/projects/{project_id}/webhooks/{webhook_id}:pause", { params }));
    else await take(api.POST("/api/v1/projects/{project_id}/webhooks/{webhook_id}:resume", { params }));
    await changed();
  };
  const rotate = async () => {
    setMade(await take(api.POST("/api/v1/projects/{project_id}/webhooks/{webhook_id}:rotate_secret", { params })));
    await changed();
  };
  const remove = async () => {
    await take(api.DELETE("/api/v1/projects/{project_id}/webhooks/{webhook_id}", { params }));
    await changed();
    toast(t("webhook_deleted"));
    go(`/projects/${webhook.project_id}/webhooks`);
  };
  return (
    <div className="row">
      <Button size="s" onPress={() => act(turn)}>
        {webhook.state === "active" ? t("pause") : t("resume")}
      </Button>
      <Button size="s" onPress={() => setAsked("rotate")}>
        {t("rotate")}
      </Button>
      <Button size="s" kind="danger" onPress={() => setAsked("delete")}>
        {t("delete")}
      </Button>
      <Confirm title={t("rotate")} text={t("rotate_text")} action={t("rotate")} isOpen={asked === "rotate"} onClose={() => setAsked(null)} onConfirm={() => act(rotate)} />
      <Confirm title={t("delete_webhook")} text={t("delete_webhook_text")} action={t("delete")} isOpen={asked === "delete"} isDangerous onClose={() => setAsked(null)} onConfirm={() => act(remove)} />
      <Dialog title={t("rotate")} isOpen={made !== null} onClose={() => setMade(null)}>
        {made ? <SecretShown webhook={made} onClose={() => setMade(null)} /> : null}
      </Dialog>
    </div>
  );
}
