import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take, type Schemas } from "../api/client";
import { queries } from "../api/query";
import { Badge, Button, Card, Confirm, toast } from "../ui";
import { useAct } from "../ui/act";

type Change = "pause" | "resume" | "archive";

/** Pausing gives nothing out, archiving closes the project. */
export function ProjectStateCard({ project }: { project: Schemas["Project"] }) {
  const { t } = useTranslation("people");
  const act = useAct();
  const [asked, setAsked] = useState<Change | null>(null);
  const params = { path: { project_id: project.project_id } };
  const make = (change: Change) =>
    act(async () => {
      if (change === "pause") await take(api.POST("/api/v1/projects/{project_id}:pause", { params }));
      if (change === "resume") await take(api.POST("/api/v1/projects/{project_id}:resume", { params }));
      if (change === "archive") await take(api.POST("/api/v1/projects/{project_id}:archive", { params }));
      await queries.invalidateQueries({ queryKey: ["projects"] });
      toast(t("done"));
    });
  return (
    <Card title={t("state")}>
      <div className="row between">
        <Badge tone={project.state === "active" ? "good" : "warn"}>{t(`project_${project.state}`)}</Badge>
        <div className="row">
          {project.state === "active" ? <Button onPress={() => setAsked("pause")}>{t("pause")}</Button> : null}
          {project.state === "paused" ? <Button onPress={() => make("resume")}>{t("resume")}</Button> : null}
          {project.state === "archived" ? null : (
            <Button kind="danger" onPress={() => setAsked("archive")}>
              {t("archive")}
            </Button>
          )}
        </div>
      </div>
      {asked && asked !== "resume" ? (
        <Confirm title={t(`ask_${asked}`)} text={t(`ask_${asked}_text`)} action={t(asked)} isDangerous={asked === "archive"} isOpen onClose={() => setAsked(null)} onConfirm={() => make(asked)} />
      ) : null}
    </Card>
  );
}
