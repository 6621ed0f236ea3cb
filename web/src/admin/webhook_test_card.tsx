import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take, type Schemas } from "../api/client";
import { queries } from "../api/query";
import { formatNumber } from "../i18n/format";
import { FormProblem, useSubmit } from "../session/door";
import { useMe } from "../session/store";
import { Button, Card } from "../ui";
import { changesProject } from "../project/rights";

/** One signed request without events, now: does the receiver take it? */
export function TestCard({ path }: { path: { project_id: string; webhook_id: string } }) {
  const { t } = useTranslation("people");
  const me = useMe();
  const [found, setFound] = useState<Schemas["WebhookTest"] | null>(null);
  const { isBusy, error, submit } = useSubmit(async () => {
    setFound(null);
    setFound(await take(api.POST("/api/v1/projects/{project_id}/webhooks/{webhook_id}:test", { params: { path } })));
    await queries.invalidateQueries({ queryKey: ["webhooks", path.project_id, path.webhook_id, "deliveries"] });
  });
  if (!changesProject(me)) return null;
  return (
    <Card title={t("test")}>
      <div className="stack tight">
        <p className="muted">{t("test_text")}</p>
        <div>
          <Button onPress={() => submit()} isPending={isBusy}>
            {t("send_test")}
          </Button>
        </div>
        <FormProblem error={error} />
        {found ? (
          <div className="notice" data-tone={found.is_taken ? "good" : "bad"} role="status">
            <strong>{found.is_taken ? t("test_taken") : t("test_refused")}</strong>
            <span>
              {found.error ? <bdi dir="auto">{found.error}</bdi> : t("test_status", { status: found.status, shown: formatNumber(found.seconds * 1000) })}
            </span>
          </div>
        ) : null}
      </div>
    </Card>
  );
}
