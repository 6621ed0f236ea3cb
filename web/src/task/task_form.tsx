// A task with its questions: the workbench answers it, the template editor previews it, reviews look at it.
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemsOf } from "./answered";
import { shownQuestions } from "./condition";
import { Display } from "./display";
import { useDocumentKeys } from "./document_keys";
import { QuestionView } from "./question_view";
import { answerByKey, isTyping, keyOf } from "./shortcuts";
import type { Answers, Payload, Question, Template } from "./template";
import "./marks.css";
import "./questions.css";
import "./task.css";

interface TaskFormProps {
  template: Template;
  payload: Payload;
  answers: Answers;
  onChange?: (answers: Answers) => void;
  /** Show what is missing: after the first try to submit. */
  showsProblems?: boolean;
  /** Take the keys of the whole page. */
  takesKeys?: boolean;
  /** What stands below the questions: the submit button. */
  children?: React.ReactNode;
}

// These need the width of the task itself.
const kWide = new Set<Question["type"]>(["spans", "boxes", "chat"]);

export function TaskForm({ template, payload, answers, onChange, showsProblems, takesKeys, children }: TaskFormProps) {
  const { t } = useTranslation("task");
  const box = useRef<HTMLDivElement>(null);
  const [inHand, setInHand] = useState<string | null>(null);
  const shown = shownQuestions(template, answers);
  const problems = showsProblems ? problemsOf(shown, answers) : [];
  const current = shown.find((question) => question.name === inHand) ?? shown.find((question) => answers[question.name] === undefined) ?? shown[0];
  const set = (name: string, answer: unknown) => onChange?.({ ...answers, [name]: answer });
  const focus = (name: string) => {
    setInHand(name);
    box.current?.querySelector<HTMLElement>(`[data-question="${name}"] :is(input, textarea, button, [tabindex="0"])`)?.focus();
  };
  useDocumentKeys((event) => {
    if (event.defaultPrevented || isTyping(event) || document.querySelector('[role="dialog"]')) return;
    const key = keyOf(event);
    const called = shown.find((question) => question.shortcut === key);
    if (called) {
      event.preventDefault();
      focus(called.name);
      return;
    }
    for (const question of current ? [current, ...shown.filter((each) => each !== current)] : shown) {
      const next = answerByKey(question, answers[question.name], key, question === current);
      if (!next) continue;
      event.preventDefault();
      set(question.name, next.answer);
      return;
    }
  }, takesKeys ?? false);
  const view = (question: Question) => (
    <div key={question.name} onFocus={() => setInHand(question.name)}>
      <QuestionView
        question={question}
        answer={answers[question.name]}
        onChange={(answer) => set(question.name, answer)}
        payload={payload}
        problem={problems.find((problem) => problem.question === question.name)}
        isReadOnly={!onChange}
        isInHand={Boolean(takesKeys) && question === current}
      />
    </div>
  );
  const wide = shown.filter((question) => kWide.has(question.type));
  const narrow = shown.filter((question) => !kWide.has(question.type));
  return (
    <div className="task" ref={box}>
      <div className="task-main">
        {template.title ? (
          <h2 dir="auto" className="task-title">
            {template.title}
          </h2>
        ) : (
          <h2 className="sr-only">{t("the_task")}</h2>
        )}
        {template.display?.length ? <Display blocks={template.display} payload={payload} /> : null}
        {wide.map(view)}
      </div>
      <div className="task-side">
        {narrow.map(view)}
        {children}
      </div>
    </div>
  );
}
