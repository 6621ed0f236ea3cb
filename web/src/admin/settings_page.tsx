// The settings of a project: how many labels a task gets, gold, leases, review. What is left as it is has its default.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "wouter";
import { api, takeWithEtag } from "../api/client";
import { queries, useRead } from "../api/query";
import { FormProblem, useSubmit } from "../session/door";
import { Button, Card, Field, Loaded, toast } from "../ui";
import { ProjectFrame } from "../project/frame";
import { ProjectStateCard } from "./project_state_card";
import { settingsOf, toForm, type SettingsForm } from "./settings_form";
import { AnswersFields, GoldFields, OverlapFields, TeamFields, TimeFields } from "./settings_parts";

export default function SettingsPage() {
  const { t } = useTranslation("people");
  const { projectId } = useParams<{ projectId: string }>();
  const path = { project_id: projectId };
  const project = useRead(["projects", projectId, "edit"], () => takeWithEtag(api.GET("/api/v1/projects/{project_id}", { params: { path } })), { staleTime: 0 });
  return (
    <ProjectFrame projectId={projectId} title={t("settings")}>
      <Loaded query={project} lines={10}>
        {(read) => (
          <>
            <Form key={read.etag} read={read} />
            <ProjectStateCard project={read.body} />
          </>
        )}
      </Loaded>
    </ProjectFrame>
  );
}

type Read = Awaited<ReturnType<typeof readProject>>;
const readProject = (project_id: string) => takeWithEtag(api.GET("/api/v1/projects/{project_id}", { params: { path: { project_id } } }));

function Form({ read }: { read: Read }) {
  const { t } = useTranslation(["people", "access"]);
  const { project_id } = read.body;
  const [name, setName] = useState(read.body.name);
  const [instructions, setInstructions] = useState(read.body.instructions);
  const [form, setForm] = useState<SettingsForm>(() => toForm(read.body.settings));
  const change = (part: Partial<SettingsForm>) => setForm({ ...form, ...part });
  const { isBusy, error, submit } = useSubmit(async () => {
    const params = { path: { project_id }, header: { "If-Match": read.etag } };
    const body = { name, instructions, settings: settingsOf(form, read.body.settings) };
    await takeWithEtag(api.PATCH("/api/v1/projects/{project_id}", { params, body }));
    await queries.invalidateQueries({ queryKey: ["projects"] });
    toast(t("access:saved"));
  });
  return (
    <form className="stack" onSubmit={submit}>
      <Card title={t("project")}>
        <div className="stack">
          <Field label={t("access:name")} value={name} onChange={setName} maxLength={200} isRequired />
          <Field label={t("instructions")} hint={t("instructions_hint")} value={instructions} onChange={setInstructions} rows={8} />
        </div>
      </Card>
      <OverlapFields form={form} onChange={change} />
      <GoldFields form={form} onChange={change} />
      <TimeFields form={form} onChange={change} />
      <AnswersFields form={form} onChange={change} />
      <TeamFields form={form} onChange={change} />
      <FormProblem error={error} />
      <div className="row end">
        <Button type="submit" kind="primary" isPending={isBusy}>
          {t("access:save")}
        </Button>
      </div>
    </form>
  );
}
