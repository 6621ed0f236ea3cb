import { expect, test } from "vitest";
import { listOf, settingsOf, toForm } from "./settings_form";

test("what_was_read_is_written_back_unchanged", () => {
  const read = {
    overlap: { kind: "adaptive" as const, labels_per_task: 2, max_labels_per_task: 5, stratified_share: 0.25, target_posterior: 0.975 },
    gold: { rate_at_start: 0.3, rate_later: 0.07, tenure_annotations: 50, training: true },
    tie_breaker: { top_share_below: 0.4, max_extra_labels: 2 },
    lease_seconds: 90,
    grace: "always" as const,
    live_assignments: 4,
    review_share: 0.125,
    required_teams: ["night"],
    forbidden_teams: [],
    review_reasons: ["careless", "incomplete", "wrong"],
    escalate_to: "expert" as const,
  };
  expect(settingsOf(toForm(read), read)).toEqual(read);
});

test("a_project_without_settings_has_the_defaults", () => {
  const settings = settingsOf(toForm(undefined), undefined);
  expect(settings.overlap?.labels_per_task).toBe(3);
  expect(settings.lease_seconds).toBe(1800);
  expect(settings.escalate_to).toBe("");
});

test("lists_are_parted_at_lines_and_commas_of_either_language", () => {
  expect(listOf("a, b\nc، د\n\n a")).toEqual(["a", "b", "c", "د"]);
});
