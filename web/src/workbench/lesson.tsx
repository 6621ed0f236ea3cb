import { useTranslation } from "react-i18next";
import { Markdown } from "../task/markdown";
import { QuestionView } from "../task/question_view";
import { Badge, Button, Dialog } from "../ui";
import type { DeskState } from "./desk";

/** In training, after a gold task: what was right, and why. */
export function LessonDialog({ state, onClose }: { state: DeskState; onClose: () => void }) {
  const { t } = useTranslation("workbench");
  const taught = state.lesson;
  if (!taught) return null;
  const { lesson, template, answers } = taught;
  const scored = template.questions.filter((question) => (lesson.scores[question.name]?.result ?? "not_scored") !== "not_scored");
  return (
    <Dialog title={t("lesson")} isOpen onClose={onClose} size="l">
      {scored.map((question) => {
        const isRight = lesson.scores[question.name]?.result === "correct";
        return (
          <div key={question.name} className="lesson-question">
            <Badge tone={isRight ? "good" : "bad"}>{isRight ? t("lesson_right") : t("lesson_wrong")}</Badge>
            <QuestionView question={question} answer={(lesson.right_answers as Record<string, unknown>)[question.name]} onChange={() => undefined} payload={{}} isReadOnly />
            {isRight ? null : (
              <details>
                <summary>{t("lesson_yours")}</summary>
                <QuestionView question={question} answer={answers[question.name]} onChange={() => undefined} payload={{}} isReadOnly />
              </details>
            )}
          </div>
        );
      })}
      {lesson.explanation ? <Markdown text={lesson.explanation} /> : null}
      <div className="row end">
        <Button kind="primary" onPress={onClose} autoFocus>
          {t("lesson_go_on")}
        </Button>
      </div>
    </Dialog>
  );
}
