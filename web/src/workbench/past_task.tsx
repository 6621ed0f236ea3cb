import { useTranslation } from "react-i18next";
import { api, take, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { shownQuestions } from "../task/condition";
import { Display } from "../task/display";
import { QuestionView } from "../task/question_view";
import type { Answers } from "../task/template";
import { Loaded } from "../ui";
import { remote } from "./remote";
import "../task/marks.css";
import "../task/questions.css";
import "../task/task.css";

/** A task that was answered, as it was, with one's own answers and the reviewer's words. */
export function PastTask({ entry }: { entry: Schemas["HistoryEntry"] }) {
  const { t } = useTranslation("workbench");
  const { assignment_id, project_id, template_version } = entry;
  const past = useRead(["past", assignment_id], async () => {
    const [assignment, template] = await Promise.all([
      take(api.GET("/api/v1/assignments/{assignment_id}", { params: { path: { assignment_id } } })),
      remote.template(project_id, template_version),
    ]);
    return { assignment, template };
  });
  const answers = (entry.answers ?? {}) as Answers;
  return (
    <div className="stack">
      {entry.review?.comment ? (
        <div className="notice">
          <strong>{t("reviewer_said")}</strong>
          <bdi>{entry.review.comment}</bdi>
        </div>
      ) : null}
      <Loaded query={past}>
        {({ assignment, template }) => (
          <>
            <Display blocks={template.display ?? []} payload={assignment.payload as Record<string, unknown>} />
            {shownQuestions(template, answers).map((question) => (
              <QuestionView
                key={question.name}
                question={question}
                answer={answers[question.name]}
                onChange={() => undefined}
                payload={assignment.payload as Record<string, unknown>}
                isReadOnly
              />
            ))}
          </>
        )}
      </Loaded>
    </div>
  );
}
