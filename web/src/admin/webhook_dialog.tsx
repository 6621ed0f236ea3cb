import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { api, take, type Schemas } from "../api/client";
import { queries } from "../api/query";
import { FormProblem, useSubmit } from "../session/door";
import { Button, Check, Dialog, Field } from "../ui";
import { CopyBox } from "../ui/copy_box";

/** What a webhook may be told of: docs/formats/events.md. */
const kKinds = [
  "annotation.submitted",
  "annotation.revised",
  "annotation.rejected",
  "task.done",
  "task.reopened",
  "task.escalated",
  "task.adjudicated",
  "import.completed",
  "batch.started",
  "batch.finished",
] as const;

interface WebhookDialogProps {
  projectId: string;
  isOpen: boolean;
  onClose: () => void;
}

export function WebhookDialog({ projectId, isOpen, onClose }: WebhookDialogProps) {
  const { t } = useTranslation("people");
  return (
    <Dialog title={t("new_webhook")} isOpen={isOpen} onClose={onClose}>
      {isOpen ? <WebhookForm projectId={projectId} onClose={onClose} /> : null}
    </Dialog>
  );
}

function WebhookForm({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const { t } = useTranslation("people");
  const [url, setUrl] = useState("");
  const [kinds, setKinds] = useState<readonly string[]>([]);
  const [fromFirst, setFromFirst] = useState(false);
  const [made, setMade] = useState<Schemas["MadeWebhook"] | null>(null);
  const { isBusy, error, submit } = useSubmit(async () => {
    const params = { path: { project_id: projectId } };
    const body = { url, kinds: [...kinds], from_first: fromFirst };
    setMade(await take(api.POST("/api/v1/projects/{project_id}/webhooks", { params, body })));
    await queries.invalidateQueries({ queryKey: ["webhooks", projectId] });
  });
  if (made) return <SecretShown webhook={made} onClose={onClose} />;
  return (
    <form className="stack" onSubmit={submit}>
      <Field label={t("url")} hint={t("url_hint")} type="url" dir="ltr" value={url} onChange={setUrl} isRequired autoFocus />
      <fieldset className="field">
        <legend>{t("kinds")}</legend>
        <p className="hint">{t("kinds_hint")}</p>
        <div className="checks">
          {kKinds.map((kind) => (
            <Check
              key={kind}
              label={<code dir="ltr">{kind}</code>}
              isSelected={kinds.includes(kind)}
              onChange={(is) => setKinds(is ? [...kinds, kind] : kinds.filter((each) => each !== kind))}
            />
          ))}
        </div>
      </fieldset>
      <Check label={t("from_first")} isSelected={fromFirst} onChange={setFromFirst} />
      <FormProblem error={error} />
      <div className="row end">
        <Button onPress={onClose}>{t("cancel")}</Button>
        <Button type="submit" kind="primary" isPending={isBusy}>
          {t("make_webhook")}
        </Button>
      </div>
    </form>
  );
}

/** The secret of a webhook that was just made, or made anew. */
export function SecretShown({ webhook, onClose }: { webhook: Schemas["MadeWebhook"]; onClose?: () => void }) {
  const { t } = useTranslation("people");
  const [, go] = useLocation();
  const leave = () => {
    onClose?.();
    go(`/projects/${webhook.project_id}/webhooks/${webhook.webhook_id}`);
  };
  return (
    <div className="stack">
      <p>{t("webhook_secret_once")}</p>
      <CopyBox label={t("secret")} text={webhook.secret} />
      <div className="row end">
        <Button kind="primary" onPress={leave}>
          {t("secret_kept")}
        </Button>
      </div>
    </div>
  );
}
