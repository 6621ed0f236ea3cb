// Straight to a task by its external id, or to a row of the table.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { api, take } from "../api/client";
import { latinDigits } from "../i18n/format";
import { Button, Field } from "../ui";

export function GoTo({ projectId }: { projectId: string }) {
  const { t } = useTranslation("console");
  const [, go] = useLocation();
  const [text, setText] = useState("");
  const [isNowhere, setNowhere] = useState(false);
  const leave = async () => {
    const wanted = text.trim();
    if (!wanted) return;
    const query = { external_id: wanted, limit: 1 };
    const [task] = (await take(api.GET("/api/v1/projects/{project_id}/tasks", { params: { path: { project_id: projectId }, query } }))).data;
    if (task) return go(`/projects/${projectId}/tasks/${task.task_id}`);
    const row = Number(latinDigits(wanted));
    if (Number.isInteger(row) && row >= 1) return go(`/projects/${projectId}/tasks?row=${String(row)}`);
    setNowhere(true);
  };
  return (
    <form
      className="row go-to"
      onSubmit={(event) => {
        event.preventDefault();
        void leave();
      }}
    >
      <Field
        label={t("go_to")}
        value={text}
        error={isNowhere ? t("go_nowhere") : undefined}
        onChange={(value) => {
          setText(value);
          setNowhere(false);
        }}
      />
      <Button type="submit">{t("go")}</Button>
    </form>
  );
}
