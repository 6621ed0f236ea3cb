// What was sent to a receiver and how it answered; any of it can be sent once more.
import { useTranslation } from "react-i18next";
import { api, take, takePages, type Schemas } from "../api/client";
import { queries, useRead } from "../api/query";
import { formatDateTime, formatNumber } from "../i18n/format";
import { useMe } from "../session/store";
import { Badge, Button, Card, Loaded, Table, toast } from "../ui";
import { useAct } from "../ui/act";
import { changesProject } from "../project/rights";

type Delivery = Schemas["WebhookDelivery"];
interface DeliveryLogProps {
  path: { project_id: string; webhook_id: string };
}

const kKept = 200;

export function DeliveryLog({ path }: DeliveryLogProps) {
  const { t } = useTranslation("people");
  const me = useMe();
  const act = useAct();
  const key = ["webhooks", path.project_id, path.webhook_id, "deliveries"];
  const log = useRead(
    key,
    () => takePages((after) => api.GET("/api/v1/projects/{project_id}/webhooks/{webhook_id}/deliveries", { params: { path, query: { after, limit: 100 } } }), kKept),
    { refetchInterval: 5_000 },
  );
  const again = (delivery_id: string) =>
    act(async () => {
      const params = { path: { ...path, delivery_id } };
      const sent = await take(api.POST("/api/v1/projects/{project_id}/webhooks/{webhook_id}/deliveries/{delivery_id}:redeliver", { params }));
      await queries.invalidateQueries({ queryKey: key });
      toast(t(sent.is_taken ? "test_taken" : "test_refused"));
    });
  const mayReplay = changesProject(me);
  return (
    <Card title={t("delivery_log")}>
      <Loaded query={log}>
        {(rows) =>
          rows.length ? (
            <Table
              label={t("delivery_log")}
              rows={rows}
              keyOf={(row) => row.delivery_id}
              columns={[
                { id: "at", title: t("when"), cell: (row) => formatDateTime(row.at) },
                { id: "answer", title: t("answer"), cell: (row) => <Answer delivery={row} /> },
                { id: "events", title: t("events"), cell: (row) => <Events delivery={row} /> },
                { id: "cause", title: t("cause"), cell: (row) => t(`cause_${row.cause}`) },
                { id: "attempt", title: t("attempt"), isNumber: true, cell: (row) => formatNumber(row.attempt_number) },
                { id: "duration", title: t("duration"), isNumber: true, cell: (row) => t("in_ms", { shown: formatNumber(row.seconds * 1000) }) },
                {
                  id: "more",
                  title: <span className="sr-only">{t("redeliver")}</span>,
                  cell: (row) =>
                    mayReplay ? (
                      <Button size="s" aria-label={t("redeliver_of", { when: formatDateTime(row.at) })} onPress={() => again(row.delivery_id)}>
                        {t("redeliver")}
                      </Button>
                    ) : null,
                },
              ]}
            />
          ) : (
            <p className="muted">{t("no_delivery")}</p>
          )
        }
      </Loaded>
    </Card>
  );
}

/** The status, and what was wrong with it. */
function Answer({ delivery }: { delivery: Delivery }) {
  if (delivery.status) return <Badge tone={delivery.is_taken ? "good" : "bad"}>{String(delivery.status)}</Badge>;
  return (
    <Badge tone="bad">
      <bdi dir="auto">{delivery.error}</bdi>
    </Badge>
  );
}

function Events({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation("people");
  const { from_sequence: from, to_sequence: to } = delivery;
  if (from === null || to === null) return <span className="muted">{t("without_events")}</span>;
  const place = from === to ? formatNumber(from) : `${formatNumber(from)}–${formatNumber(to)}`;
  return (
    <span className="row">
      <bdi>{place}</bdi>
      {delivery.kinds.map((kind) => (
        <code key={kind} dir="ltr">
          {kind}
        </code>
      ))}
    </span>
  );
}
