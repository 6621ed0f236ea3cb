// One annotation under review, without its author: it stands, it is mended, or it is sent back with a reason.
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useParams } from "wouter";
import { api, take, type Schemas } from "../api/client";
import { queries, useRead } from "../api/query";
import { ProjectFrame } from "../project/frame";
import { useProject, useTemplate } from "../project/reads";
import { FormProblem, useSubmit } from "../session/door";
import { TaskForm } from "../task/task_form";
import type { Answers, Payload, Template } from "../task/template";
import { Badge, Button, Field, Loaded, Loading, Select, toast } from "../ui";
import { kReasons, useReasonText } from "./reasons";
import "./review.css";

type View = Schemas["ReviewView"];
type Verdict = "accept" | "fix" | "reject";

export default function VerdictPage() {
  const { projectId = "", reviewId = "" } = useParams<{ projectId: string; reviewId: string }>();
  const { t } = useTranslation(["console", "common"]);
  const template = useTemplate(projectId);
  const path = { project_id: projectId, review_id: reviewId };
  const review = useRead(["review", projectId, reviewId], () => take(api.GET("/api/v1/projects/{project_id}/reviews/{review_id}", { params: { path } })));
  return (
    <ProjectFrame projectId={projectId} title={t("review_this")} crumbs={[{ to: `/projects/${projectId}/review`, label: t("review") }]} size="wide">
      <Loaded query={review}>
        {(found) => (template.data ? <Look key={reviewId} projectId={projectId} review={found} template={template.data.document} /> : <Loading />)}
      </Loaded>
    </ProjectFrame>
  );
}

/** Where the next pending review is; the queue when there is none. */
async function nextPlace(projectId: string): Promise<string> {
  const { data } = await take(
    api.GET("/api/v1/projects/{project_id}/reviews", { params: { path: { project_id: projectId }, query: { state: "pending", limit: 1 } } }),
  );
  const next = data[0];
  return next ? `/projects/${projectId}/review/${next.review_id}` : `/projects/${projectId}/review`;
}

function useReasons(projectId: string): { value: string; label: string }[] {
  const textOf = useReasonText();
  const own = useProject(projectId).data?.settings?.review_reasons;
  const names = own?.length ? own : [...kReasons];
  return names.map((value) => ({ value, label: textOf(value) }));
}

function Look({ projectId, review, template }: { projectId: string; review: View; template: Template }) {
  const { t } = useTranslation(["console", "common"]);
  const [, go] = useLocation();
  const submitted = (review.submitted_answers ?? {}) as Answers;
  const [answers, setAnswers] = useState<Answers>(submitted);
  const [isFixing, setFixing] = useState(false);
  const [reason, setReason] = useState<string | null>(null);
  const [comment, setComment] = useState("");
  const reasons = useReasons(projectId);
  const reasonText = useReasonText();
  const isPending = review.state === "pending";
  const chosen = useRef<Verdict>("accept");
  const { isBusy, error, submit } = useSubmit(async () => {
    const verdict = chosen.current;
    const params = { path: { project_id: projectId, review_id: review.review_id } };
    const body = { reason: reason ?? undefined, comment: comment || undefined };
    if (verdict === "accept") await take(api.POST("/api/v1/projects/{project_id}/reviews/{review_id}:accept", { params, body: { comment: body.comment } }));
    if (verdict === "fix") await take(api.POST("/api/v1/projects/{project_id}/reviews/{review_id}:fix", { params, body: { ...body, answers } }));
    if (verdict === "reject") await take(api.POST("/api/v1/projects/{project_id}/reviews/{review_id}:reject", { params, body }));
    toast(t(`done_${verdict}`));
    await queries.invalidateQueries({ queryKey: ["reviews", projectId] });
    await queries.invalidateQueries({ queryKey: ["review", projectId] });
    go(await nextPlace(projectId));
  });
  const decide = (verdict: Verdict) => {
    chosen.current = verdict;
    submit();
  };
  const needsReason = reason === null;
  return (
    <TaskForm template={template} payload={(review.payload ?? {}) as Payload} answers={isFixing ? answers : submitted} onChange={isFixing ? setAnswers : undefined}>
      <section className="own-part">
        <h2>{isPending ? t("your_verdict") : t("verdict")}</h2>
        {isPending ? (
          <div className="stack">
            <Select label={t("reason")} value={reason} onChange={setReason} options={reasons} placeholder={t("reason_placeholder")} />
            <Field label={t("comment")} hint={t("comment_hint")} rows={2} value={comment} onChange={setComment} />
            <FormProblem error={error} />
            <div className="row">
              {isFixing ? (
                <>
                  <Button kind="primary" isPending={isBusy} isDisabled={needsReason} onPress={() => decide("fix")}>
                    {t("save_fix")}
                  </Button>
                  <Button onPress={() => setFixing(false)}>{t("common:cancel")}</Button>
                </>
              ) : (
                <>
                  <Button kind="primary" isPending={isBusy} onPress={() => decide("accept")}>
                    {t("accept")}
                  </Button>
                  <Button onPress={() => setFixing(true)}>{t("fix")}</Button>
                  <Button kind="danger" isDisabled={needsReason} onPress={() => decide("reject")}>
                    {t("reject")}
                  </Button>
                </>
              )}
            </div>
            {needsReason ? <p className="small muted">{t("reason_needed")}</p> : null}
          </div>
        ) : (
          <div className="stack tight">
            <div>
              <Badge tone="accent">{t(`review_${review.state}`)}</Badge>
            </div>
            {review.reason ? <bdi>{reasonText(review.reason)}</bdi> : null}
            {review.comment ? <p dir="auto">{review.comment}</p> : null}
          </div>
        )}
      </section>
    </TaskForm>
  );
}
