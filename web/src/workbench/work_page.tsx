import { useTranslation } from "react-i18next";
import { useParams } from "wouter";
import { Empty, LinkButton, Loading, Page, Problem, ProblemDetail, useCodeText } from "../ui";
import { LessonDialog } from "./lesson";
import { OutboxNotice } from "./outbox_notice";
import type { Refusal } from "./remote";
import { SessionStats } from "./session_stats";
import { TaskAtHand } from "./task_at_hand";
import { useDesk } from "./use_desk";
import "./workbench.css";

/** One project's tasks, one after the other. */
export default function WorkPage() {
  const { t } = useTranslation("workbench");
  const { projectId = "" } = useParams();
  const { desk, state, error } = useDesk(projectId);
  const title = state?.project?.name ?? t("workbench");
  const problem = error ?? (state?.phase === "failed" ? state.error : null);
  if (problem || !desk || !state || state.phase === "opening")
    return (
      <Page title={title} crumbs={[{ to: "/workbench", label: t("my_projects") }]}>
        {problem ? <Problem error={problem} onRetry={() => location.reload()} /> : <Loading lines={8} />}
      </Page>
    );
  const current = state.held[0];
  if (current && state.template)
    return (
      <>
        <TaskAtHand key={current.assignment_id} desk={desk} state={state} current={current} template={state.template} />
        <LessonDialog state={state} onClose={desk.closeLesson} />
      </>
    );
  return (
    <Page title={title} size="narrow" crumbs={[{ to: "/workbench", label: t("my_projects") }]}>
      <SessionStats state={state} />
      <OutboxNotice desk={desk} state={state} />
      {state.isOut || state.isAway ? (
        <Empty
          title={state.isAway ? t("away_empty") : t("no_work")}
          text={state.isAway ? t("away_empty_text") : state.refusal ? <Refused refusal={state.refusal} /> : t("no_work_text")}
        >
          <div className="row">
            <LinkButton to={`/workbench/${projectId}/history`}>{t("history")}</LinkButton>
            <LinkButton to="/workbench">{t("my_projects")}</LinkButton>
          </div>
        </Empty>
      ) : (
        <Loading lines={8} />
      )}
      <LessonDialog state={state} onClose={desk.closeLesson} />
    </Page>
  );
}

/** Why the server gives no more, in the annotator's language. */
function Refused({ refusal }: { refusal: Refusal }) {
  const { title, advice } = useCodeText()(refusal.code);
  return (
    <>
      {title}. {advice} <ProblemDetail text={refusal.detail} />
    </>
  );
}
