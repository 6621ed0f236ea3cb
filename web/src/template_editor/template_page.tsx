// The template of a project: the newest version, edited; saving appends a version, annotations keep naming theirs.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useParams } from "wouter";
import { api, take } from "../api/client";
import { queries, useRead } from "../api/query";
import { ProjectFrame } from "../project/frame";
import { useTemplate } from "../project/reads";
import { changesProject } from "../project/rights";
import { FormProblem, useSubmit } from "../session/door";
import { useMe } from "../session/store";
import type { Payload, Template } from "../task/template";
import { Badge, Button, Loaded, toast } from "../ui";
import { formatNumber } from "../i18n/format";
import { useSettings } from "../i18n/settings";
import { TemplateEditor } from "./editor";
import { recipeOf } from "./recipes";

export default function TemplatePage() {
  const { projectId = "" } = useParams<{ projectId: string }>();
  const { t } = useTranslation("console");
  const template = useTemplate(projectId);
  const empty = recipeOf(useSettings().language, "empty");
  // The oldest task is what the preview shows, so that it looks like the project's own.
  const first = useRead(["first_task", projectId], () => take(api.GET("/api/v1/projects/{project_id}/tasks", { params: { path: { project_id: projectId }, query: { limit: 1 } } })));
  return (
    <ProjectFrame projectId={projectId} title={t("template")} size="wide">
      <Loaded query={template}>
        {(found) => (
          <Loaded query={first}>
            {({ data }) => (
              <Edit
                key={found?.version ?? 0}
                projectId={projectId}
                version={found?.version ?? 0}
                old={found?.document ?? empty?.template ?? { questions: [] }}
                sample={(data[0]?.payload as Payload | undefined) ?? empty?.sample ?? {}}
              />
            )}
          </Loaded>
        )}
      </Loaded>
    </ProjectFrame>
  );
}

function Edit({ projectId, version, old, sample }: { projectId: string; version: number; old: Template; sample: Payload }) {
  const { t } = useTranslation("console");
  const me = useMe();
  const [, go] = useLocation();
  const [template, setTemplate] = useState(old);
  const { isBusy, error, submit } = useSubmit(async () => {
    const body = template as unknown as Record<string, never>;
    const saved = await take(api.POST("/api/v1/projects/{project_id}/templates", { params: { path: { project_id: projectId } }, body }));
    for (const area of ["template", "question_classes", "projects"]) await queries.invalidateQueries({ queryKey: [area, projectId] });
    toast(t("template_saved", { version: formatNumber(saved.template_version) }));
    if (version === 0) go(`/projects/${projectId}/import`);
  });
  const isChanged = version === 0 || JSON.stringify(template) !== JSON.stringify(old);
  return (
    <>
      <div className="row between">
        <Badge tone="accent">{version === 0 ? t("no_template") : t("version", { version: formatNumber(version) })}</Badge>
        {changesProject(me) ? (
          <Button kind="primary" isPending={isBusy} isDisabled={!isChanged} onPress={() => submit()}>
            {t("save_template")}
          </Button>
        ) : null}
      </div>
      <FormProblem error={error} />
      <TemplateEditor projectId={changesProject(me) ? projectId : undefined} template={template} sample={sample} onChange={setTemplate} error={error} />
    </>
  );
}
