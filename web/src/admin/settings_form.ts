// A project's settings as fields of a form, and back.
import type { Schemas } from "../api/client";
import { kReasons } from "../review/reasons";

type Settings = Schemas["ProjectSettings"];
export type KnownReason = (typeof kReasons)[number];
export type Overlap = "fixed" | "stratified" | "adaptive";
export type Grace = "refuse" | "if_room" | "always";
export type EscalateTo = "none" | "crowd" | "expert" | "staff" | "model";

export interface SettingsForm {
  kind: Overlap;
  labels_per_task: string;
  max_labels_per_task: string;
  stratified_share: string;
  target_posterior: string;
  rate_at_start: string;
  rate_later: string;
  tenure_annotations: string;
  training: boolean;
  lease_minutes: string;
  live_assignments: string;
  grace: Grace;
  review_share: string;
  /** Of the reasons that every project knows. */
  known_reasons: readonly KnownReason[];
  /** The project's own, one a line. */
  own_reasons: string;
  escalate_to: EscalateTo;
  required_teams: string;
  forbidden_teams: string;
}

/** Shares are shown in percent. */
const percent = (share: number | undefined, otherwise: number) => String(Number(((share ?? otherwise) * 100).toFixed(4)));
const share = (text: string) => Number((Number(text) / 100).toFixed(6));
export const listOf = (text: string): string[] => [...new Set(text.split(/[\n,،]/).map((part) => part.trim()).filter(Boolean))];

export function toForm(settings: Settings | undefined): SettingsForm {
  const { overlap, gold } = settings ?? {};
  return {
    kind: overlap?.kind ?? "fixed",
    labels_per_task: String(overlap?.labels_per_task ?? 3),
    max_labels_per_task: String(overlap?.max_labels_per_task ?? 7),
    stratified_share: percent(overlap?.stratified_share, 0.1),
    target_posterior: percent(overlap?.target_posterior, 0.95),
    rate_at_start: percent(gold?.rate_at_start, 0.2),
    rate_later: percent(gold?.rate_later, 0.05),
    tenure_annotations: String(gold?.tenure_annotations ?? 200),
    training: gold?.training ?? false,
    lease_minutes: String(Number(((settings?.lease_seconds ?? 1800) / 60).toFixed(2))),
    live_assignments: String(settings?.live_assignments ?? 1),
    grace: settings?.grace ?? "if_room",
    review_share: percent(settings?.review_share, 0.1),
    known_reasons: kReasons.filter((reason) => (settings?.review_reasons ?? kReasons).includes(reason)),
    own_reasons: (settings?.review_reasons ?? []).filter((reason) => !isKnown(reason)).join("\n"),
    escalate_to: settings?.escalate_to || "none",
    required_teams: (settings?.required_teams ?? []).join("\n"),
    forbidden_teams: (settings?.forbidden_teams ?? []).join("\n"),
  };
}

const isKnown = (reason: string) => kReasons.some((each) => each === reason);

// Those that were there keep their order; reviewers know it.
function reasonsOf({ known_reasons, own_reasons }: SettingsForm, before: readonly string[]): string[] {
  const chosen = [...known_reasons, ...listOf(own_reasons)];
  return [...before.filter((reason) => chosen.includes(reason)), ...chosen.filter((reason) => !before.includes(reason))];
}

/** What the form says, on top of what was there: nothing that the form does not show is lost. */
export function settingsOf(form: SettingsForm, before: Settings | undefined): Settings {
  return {
    ...before,
    overlap: {
      ...before?.overlap,
      kind: form.kind,
      labels_per_task: Number(form.labels_per_task),
      max_labels_per_task: Number(form.max_labels_per_task),
      stratified_share: share(form.stratified_share),
      target_posterior: share(form.target_posterior),
    },
    gold: {
      ...before?.gold,
      rate_at_start: share(form.rate_at_start),
      rate_later: share(form.rate_later),
      tenure_annotations: Number(form.tenure_annotations),
      training: form.training,
    },
    lease_seconds: Math.max(1, Math.round(Number(form.lease_minutes) * 60)),
    live_assignments: Number(form.live_assignments),
    grace: form.grace,
    review_share: share(form.review_share),
    review_reasons: reasonsOf(form, before?.review_reasons ?? []),
    escalate_to: form.escalate_to === "none" ? "" : form.escalate_to,
    required_teams: listOf(form.required_teams),
    forbidden_teams: listOf(form.forbidden_teams),
  };
}
