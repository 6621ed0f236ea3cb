// Says what the right answers to a task are: the task as annotators see it, with the lab's answers.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, isProblem, take } from "../api/client";
import { queries, useRead } from "../api/query";
import { useTemplate } from "../project/reads";
import { FormProblem, useSubmit } from "../session/door";
import { TaskForm } from "../task/task_form";
import type { Answers, Payload, Template } from "../task/template";
import { Button, Dialog, Field, Loading, Problem, toast } from "../ui";

interface GoldDialogProps {
  projectId: string;
  taskId: string;
  onClose: () => void;
}

export function GoldDialog({ projectId, taskId, onClose }: GoldDialogProps) {
  const { t } = useTranslation(["console", "common"]);
  const path = { project_id: projectId, task_id: taskId };
  const template = useTemplate(projectId);
  const task = useRead(["task", projectId, taskId], () => take(api.GET("/api/v1/projects/{project_id}/tasks/{task_id}", { params: { path } })));
  const gold = useRead(["gold", projectId, taskId], async () => {
    try {
      return await take(api.GET("/api/v1/projects/{project_id}/tasks/{task_id}/gold", { params: { path } }));
    } catch (error) {
      if (isProblem(error, "not_found")) return null;
      throw error;
    }
  });
  const problem = template.error ?? task.error ?? gold.error;
  return (
    <Dialog title={gold.data ? t("edit_gold") : t("make_gold")} isOpen onClose={onClose} size="l">
      {problem ? <Problem error={problem} /> : null}
      {template.data && task.data && gold.data !== undefined ? (
        <GoldForm
          projectId={projectId}
          taskId={taskId}
          template={template.data.document}
          payload={task.data.payload as Payload}
          old={gold.data ? { ...gold.data, answers: gold.data.answers as Answers } : null}
          onClose={onClose}
        />
      ) : problem ? null : (
        <Loading />
      )}
    </Dialog>
  );
}

interface GoldFormProps extends GoldDialogProps {
  template: Template;
  payload: Payload;
  old: { answers: Answers; explanation: string; concept: string; difficulty: number } | null;
}

function GoldForm({ projectId, taskId, template, payload, old, onClose }: GoldFormProps) {
  const { t } = useTranslation(["console", "common"]);
  const [answers, setAnswers] = useState<Answers>(old?.answers ?? {});
  const [explanation, setExplanation] = useState(old?.explanation ?? "");
  const [concept, setConcept] = useState(old?.concept ?? "");
  const [difficulty, setDifficulty] = useState(String(old?.difficulty ?? 0));
  const path = { project_id: projectId, task_id: taskId };
  const done = async (text: string) => {
    await Promise.all(["gold", "task", "task_table", "progress"].map((area) => queries.invalidateQueries({ queryKey: [area, projectId] })));
    toast(text);
    onClose();
  };
  const { isBusy, error, submit } = useSubmit(async () => {
    const body = { answers, explanation, concept, difficulty: Number(difficulty) || 0 };
    await take(api.PUT("/api/v1/projects/{project_id}/tasks/{task_id}/gold", { params: { path }, body }));
    await done(t("gold_saved"));
  });
  const removal = useSubmit(async () => {
    await take(api.DELETE("/api/v1/projects/{project_id}/tasks/{task_id}/gold", { params: { path } }));
    await done(t("gold_removed"));
  });
  return (
    <form className="stack" onSubmit={submit}>
      <p className="muted">{t("gold_text")}</p>
      <TaskForm template={template} payload={payload} answers={answers} onChange={setAnswers} />
      <Field label={t("explanation")} hint={t("explanation_hint")} rows={2} value={explanation} onChange={setExplanation} />
      <div className="filters">
        <Field label={t("concept")} value={concept} onChange={setConcept} />
        <Field label={t("difficulty")} type="number" min={0} value={difficulty} onChange={setDifficulty} />
      </div>
      <FormProblem error={error ?? removal.error} />
      <div className="row end">
        {old ? (
          <Button kind="danger" isPending={removal.isBusy} onPress={() => removal.submit()}>
            {t("remove_gold")}
          </Button>
        ) : null}
        <Button onPress={onClose}>{t("common:cancel")}</Button>
        <Button type="submit" kind="primary" isPending={isBusy} isDisabled={Object.keys(answers).length === 0}>
          {t("common:save")}
        </Button>
      </div>
    </form>
  );
}
