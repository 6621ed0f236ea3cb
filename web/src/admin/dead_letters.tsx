import { useTranslation } from "react-i18next";
import { api, take, takePages } from "../api/client";
import { queries, useRead } from "../api/query";
import { formatDateTime, formatNumber } from "../i18n/format";
import { useMe } from "../session/store";
import { Badge, Button, Card, Loaded, Table, toast } from "../ui";
import { useAct } from "../ui/act";
import { changesProject } from "../project/rights";

interface DeadLettersProps {
  path: { project_id: string; webhook_id: string };
}

/** Events that the receiver did not take in all attempts. */
export function DeadLetters({ path }: DeadLettersProps) {
  const { t } = useTranslation("people");
  const me = useMe();
  const act = useAct();
  const key = ["webhooks", path.project_id, path.webhook_id, "dead_letters"];
  const letters = useRead(key, () =>
    takePages((after) => api.GET("/api/v1/projects/{project_id}/webhooks/{webhook_id}/dead_letters", { params: { path, query: { after: after === undefined ? undefined : Number(after), limit: 500 } } }), 2000),
  );
  const replay = (sequence: number | null) =>
    act(async () => {
      const body = sequence === null ? {} : { sequence };
      const { replayed_count } = await take(api.POST("/api/v1/projects/{project_id}/webhooks/{webhook_id}/dead_letters:replay", { params: { path }, body }));
      await queries.invalidateQueries({ queryKey: key });
      toast(t("replayed", { number: formatNumber(replayed_count) }));
    });
  const mayReplay = changesProject(me);
  const all = mayReplay && letters.data?.length ? (
    <Button size="s" onPress={() => replay(null)}>
      {t("replay_all")}
    </Button>
  ) : null;
  return (
    <Card title={t("dead_letters")} actions={all}>
      <Loaded query={letters}>
        {(rows) =>
          rows.length ? (
            <Table
              label={t("dead_letters")}
              rows={rows}
              keyOf={(row) => String(row.sequence)}
              columns={[
                { id: "sequence", title: t("sequence"), isNumber: true, cell: (row) => formatNumber(row.sequence) },
                { id: "kind", title: t("kind"), cell: (row) => <code dir="ltr">{row.kind ?? "–"}</code> },
                { id: "at", title: t("when"), cell: (row) => formatDateTime(row.at) },
                { id: "attempts", title: t("attempts"), isNumber: true, cell: (row) => formatNumber(row.attempt_count) },
                { id: "error", title: t("trouble"), cell: (row) => <bdi dir="auto">{row.last_error}</bdi> },
                {
                  id: "more",
                  title: <span className="sr-only">{t("replay")}</span>,
                  cell: (row) =>
                    row.state === "replay" ? (
                      <Badge>{t("is_replayed")}</Badge>
                    ) : mayReplay ? (
                      <Button size="s" onPress={() => replay(row.sequence)}>
                        {t("replay")}
                      </Button>
                    ) : null,
                },
              ]}
            />
          ) : (
            <p className="muted">{t("no_dead_letter")}</p>
          )
        }
      </Loaded>
    </Card>
  );
}
