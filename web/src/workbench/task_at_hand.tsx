// The task that is worked on: the task and its questions, what can be done with it, and what stands beside it.
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useSearchParams } from "wouter";
import { problemsOf, sentAnswers } from "../task/answered";
import { shownQuestions } from "../task/condition";
import { useDocumentKeys } from "../task/document_keys";
import { Markdown } from "../task/markdown";
import { isTyping, keyOf } from "../task/shortcuts";
import { TaskForm } from "../task/task_form";
import type { Answers, Template } from "../task/template";
import { Button, Menu, Page, toast } from "../ui";
import type { Desk, DeskState } from "./desk";
import type { Assignment } from "./desk_store";
import { HelpDialog } from "./help";
import { OutboxNotice } from "./outbox_notice";
import { SessionStats } from "./session_stats";
import { SkipDialog } from "./skip";
import { useWorkClock } from "./work_clock";

interface TaskAtHandProps {
  desk: Desk;
  state: DeskState;
  current: Assignment;
  template: Template;
}

export function TaskAtHand({ desk, state, current, template }: TaskAtHandProps) {
  const { t } = useTranslation("workbench");
  const [, go] = useLocation();
  const [search, setSearch] = useSearchParams();
  const [answers, setAnswers] = useState<Answers>(state.draft);
  const [showsProblems, setShowsProblems] = useState(false);
  const [open, setOpen] = useState<"help" | "skip" | null>(null);
  const workedMs = useWorkClock(current.assignment_id);
  const box = useRef<HTMLDivElement>(null);
  const hasInstructions = Boolean(state.project?.instructions);
  const showsInstructions = hasInstructions && search.get("instructions") === "1";
  useEffect(() => {
    scrollTo({ top: 0 });
  }, []);
  const change = (next: Answers) => {
    setAnswers(next);
    desk.saveDraft(next);
  };
  const submit = () => {
    const shown = shownQuestions(template, answers);
    const problems = problemsOf(shown, answers);
    if (!problems.length) return void desk.submit(sentAnswers(shown, answers), workedMs());
    setShowsProblems(true);
    const first = box.current?.querySelector<HTMLElement>(`[data-question="${problems[0]?.question ?? ""}"] :is(input, textarea, button, [tabindex="0"])`);
    first?.focus();
  };
  const toggleInstructions = () =>
    setSearch((now) => {
      if (showsInstructions) now.delete("instructions");
      else now.set("instructions", "1");
      return now;
    }, { replace: true });
  useDocumentKeys((event) => {
    if (document.querySelector('[role="dialog"]')) return;
    const key = keyOf(event);
    if (key === "ctrl+enter") submit();
    else if (isTyping(event)) return;
    else if (event.key === "?") setOpen("help");
    else if (key === "alt+s") setOpen("skip");
    else if (key === "alt+i" && hasInstructions) toggleInstructions();
    else return;
    event.preventDefault();
  });
  const takeAlong = async (count: number) => {
    await desk.takeAlong(count);
    toast(t("taken_along", { count: desk.snapshot().held.length }));
  };
  const finish = async () => {
    await desk.finish();
    go("/workbench");
  };
  const { project_id } = current;
  return (
    <Page
      title={state.project?.name ?? t("workbench")}
      size="wide"
      crumbs={[{ to: "/workbench", label: t("my_projects") }]}
      actions={
        <>
          {hasInstructions ? (
            <Button kind="quiet" onPress={toggleInstructions} aria-pressed={showsInstructions}>
              {t("instructions")}
            </Button>
          ) : null}
          <span className="needs-keys">
            <Button kind="quiet" onPress={() => setOpen("help")}>
              {t("shortcuts")} <kbd aria-hidden="true">?</kbd>
            </Button>
          </span>
          <Button kind="quiet" onPress={() => setOpen("skip")}>
            {t("skip")}
          </Button>
          <Menu
            label={t("more")}
            entries={[
              { id: "history", label: t("history"), onAction: () => go(`/workbench/${project_id}/history`) },
              ...[10, 25, 50].map((count) => ({ id: String(count), label: t("take_along", { count }), onAction: () => void takeAlong(count) })),
              { id: "finish", label: t("finish"), onAction: () => void finish() },
            ]}
          />
        </>
      }
    >
      <SessionStats state={state} />
      <OutboxNotice desk={desk} state={state} />
      <div className="desk" data-instructions={showsInstructions} ref={box}>
        {showsInstructions ? (
          <aside className="instructions card" aria-label={t("instructions")}>
            <h2>{t("instructions")}</h2>
            <Markdown text={state.project?.instructions ?? ""} />
          </aside>
        ) : null}
        <TaskForm template={template} payload={current.payload as Record<string, unknown>} answers={answers} onChange={change} showsProblems={showsProblems} takesKeys>
          <div className="submit-bar">
            <Button kind="primary" onPress={submit}>
              {t("submit")} <kbd dir="ltr" aria-hidden="true">Ctrl ↵</kbd>
            </Button>
          </div>
        </TaskForm>
      </div>
      <HelpDialog template={template} isOpen={open === "help"} onClose={() => setOpen(null)} />
      <SkipDialog isOpen={open === "skip"} onClose={() => setOpen(null)} onSkip={(reason) => void desk.skip(reason, workedMs())} />
    </Page>
  );
}
