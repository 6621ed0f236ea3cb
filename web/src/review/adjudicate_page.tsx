// The last word on a task: everybody's answers side by side, without their names, and the adjudicator's own.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useParams } from "wouter";
import { api, take, type Schemas } from "../api/client";
import { queries, useRead } from "../api/query";
import { ProjectFrame } from "../project/frame";
import { useTemplate } from "../project/reads";
import { AnswersView } from "../project/task_view";
import { FormProblem, useSubmit } from "../session/door";
import { TaskForm } from "../task/task_form";
import type { Answers, Payload, Template } from "../task/template";
import { Button, Card, Check, Empty, Field, Loaded, Loading, toast } from "../ui";
import "./review.css";

type Adjudication = Schemas["Adjudication"];

export default function AdjudicatePage() {
  const { projectId = "", taskId = "" } = useParams<{ projectId: string; taskId: string }>();
  const { t } = useTranslation("console");
  const template = useTemplate(projectId);
  const path = { project_id: projectId, task_id: taskId };
  const view = useRead(["adjudication", projectId, taskId], () =>
    take(api.GET("/api/v1/projects/{project_id}/tasks/{task_id}/adjudication", { params: { path } })),
  );
  return (
    <ProjectFrame projectId={projectId} title={t("adjudication")} crumbs={[{ to: `/projects/${projectId}/review`, label: t("review") }]} size="wide">
      <Loaded query={view}>
        {(found) => (template.data ? <Judge key={taskId} projectId={projectId} view={found} template={template.data.document} /> : <Loading />)}
      </Loaded>
    </ProjectFrame>
  );
}

function Judge({ projectId, view, template }: { projectId: string; view: Adjudication; template: Template }) {
  const { t } = useTranslation("console");
  const [, go] = useLocation();
  const [answers, setAnswers] = useState<Answers>({});
  const [comment, setComment] = useState("");
  const [becomesGold, setGold] = useState(false);
  const [explanation, setExplanation] = useState("");
  const { isBusy, error, submit } = useSubmit(async () => {
    await take(
      api.POST("/api/v1/projects/{project_id}/tasks/{task_id}:adjudicate", {
        params: { path: { project_id: projectId, task_id: view.task_id } },
        body: { answers, comment, becomes_gold: becomesGold, ...(becomesGold ? { explanation } : {}) },
      }),
    );
    await Promise.all(["task", "task_table", "escalated", "adjudication", "gold", "reviews"].map((area) => queries.invalidateQueries({ queryKey: [area, projectId] })));
    toast(t("adjudicated"));
    go(`/projects/${projectId}/tasks/${view.task_id}`);
  });
  return (
    <>
      <Card title={t("their_answers")}>
        {view.answers.length === 0 ? <Empty title={t("no_annotations")} /> : null}
        <ul className="letters">
          {view.answers.map((each) => (
            <li key={each.letter} className="letter">
              <div className="row between">
                <strong>
                  <bdi>{t("annotator_letter", { letter: each.letter })}</bdi>
                </strong>
                <Button size="s" onPress={() => setAnswers(each.answers as Answers)}>
                  {t("take_these")}
                </Button>
              </div>
              <AnswersView template={template} answers={each.answers as Answers} />
            </li>
          ))}
        </ul>
      </Card>
      <TaskForm template={template} payload={view.payload as Payload} answers={answers} onChange={setAnswers}>
        <section className="own-part">
          <h2>{t("last_word")}</h2>
          <form className="stack" onSubmit={submit}>
            <Field label={t("comment")} rows={2} value={comment} onChange={setComment} />
            <Check label={t("becomes_gold")} isSelected={becomesGold} onChange={setGold} />
            {becomesGold ? <Field label={t("explanation")} hint={t("explanation_hint")} rows={2} value={explanation} onChange={setExplanation} /> : null}
            <FormProblem error={error} />
            <div className="row end">
              <Button type="submit" kind="primary" isPending={isBusy} isDisabled={Object.keys(answers).length === 0}>
                {t("settle")}
              </Button>
            </div>
          </form>
        </section>
      </TaskForm>
    </>
  );
}
