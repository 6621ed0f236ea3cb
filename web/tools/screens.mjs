// Every screen that has its picture taken: a name, who looks, and where. A new screen is one line here.
//   path: of the world that tools/showcase.mjs makes; before: what is done on the page first
export const screens = [
  { name: "set_up", as: null, path: () => "/", isFresh: true },
  { name: "sign_in", as: null, path: () => "/" },
  { name: "invitation", as: null, path: (world) => world.inviteLink },
  { name: "profile", as: "owner", path: () => "/profile" },
  // The workbench
  { name: "work_projects", as: "annotator", path: () => "/workbench" },
  ...["preference_pairs", "rubric_grading", "classification", "sft_demonstrations", "spans", "boxes", "audio", "chat"].map((name) => ({
    name: `work_${name}`,
    as: "annotator",
    path: (world) => `/workbench/${world.examples[name]}`,
    before: kBefore()[name],
  })),
  { name: "work_instructions", as: "annotator", path: (world) => `/workbench/${world.examples.preference_pairs}?instructions=1` },
  { name: "work_keys", as: "annotator", path: (world) => `/workbench/${world.examples.preference_pairs}`, before: (page) => page.keyboard.press("Shift+Slash") },
  { name: "work_skip", as: "annotator", path: (world) => `/workbench/${world.examples.classification}`, before: (page) => page.keyboard.press("Alt+KeyS") },
  { name: "work_history", as: "annotator", path: (world) => `/workbench/${world.history}/history` },
  { name: "work_done", as: "annotator", path: (world) => `/workbench/${world.history}` },
  // The console
  { name: "projects", as: "owner", path: () => "/projects" },
  { name: "new_project", as: "owner", path: () => "/projects/new" },
  { name: "new_project_recipe", as: "owner", path: () => "/projects/new?recipe=preference" },
  { name: "overview", as: "owner", path: (world) => `/projects/${world.project}` },
  { name: "tasks", as: "owner", path: (world) => `/projects/${world.project}/tasks` },
  { name: "task", as: "owner", path: (world) => `/projects/${world.project}/tasks/${world.task}` },
  { name: "annotators", as: "owner", path: (world) => `/projects/${world.project}/annotators` },
  { name: "annotator", as: "owner", path: (world) => `/projects/${world.project}/annotators/${world.annotator}` },
  { name: "adjudication", as: "owner", path: (world) => `/projects/${world.project}/review/tasks/${world.task}` },
  { name: "review", as: "owner", path: (world) => `/projects/${world.project}/review` },
  { name: "gold", as: "owner", path: (world) => `/projects/${world.project}/gold` },
  { name: "template", as: "owner", path: (world) => `/projects/${world.project}/template` },
  { name: "import", as: "owner", path: (world) => `/projects/${world.project}/import` },
  { name: "export", as: "owner", path: (world) => `/projects/${world.project}/export` },
  // Suppliers
  { name: "suppliers", as: "owner", path: () => "/suppliers" },
  { name: "new_supplier", as: "owner", path: () => "/suppliers/new" },
  { name: "supplier", as: "owner", path: (world) => `/suppliers/${world.supplier}` },
  { name: "suppliers_side_by_side", as: "owner", path: (world) => `/projects/${world.project}/suppliers` },
  // People and the server
  { name: "people", as: "owner", path: () => "/people" },
  { name: "invites", as: "owner", path: () => "/people/invites" },
  { name: "invite", as: "owner", path: () => "/people/invites?invite=1" },
  { name: "keys", as: "owner", path: () => "/people/keys?of=everybody" },
  { name: "health", as: "owner", path: () => "/people/health" },
  { name: "audit_log", as: "owner", path: () => "/audit-log" },
  { name: "webhooks", as: "owner", path: (world) => `/projects/${world.project}/webhooks` },
  { name: "webhook", as: "owner", path: (world) => `/projects/${world.project}/webhooks/${world.webhook}` },
  { name: "settings", as: "owner", path: (world) => `/projects/${world.project}/settings` },
  // The supplier portal
  { name: "portal", as: "manager", path: () => "/portal" },
  { name: "portal_people", as: "manager", path: () => "/portal/people" },
  { name: "portal_batches", as: "manager", path: () => "/portal/batches" },
  { name: "portal_quality", as: "manager", path: (world) => `/portal/quality?project=${world.project}` },
  { name: "portal_keys", as: "manager", path: () => "/portal/keys" },
];

// Answers half given, so that the pictures show what an annotator sees in the middle of a task.
function kBefore() {
  const key = (...keys) => async (page) => {
    for (const each of keys) await page.keyboard.press(each);
  };
  return {
    preference_pairs: key("2"),
    rubric_grading: key("1", "2"),
    classification: key("2"),
    sft_demonstrations: key("1"),
    audio: key("y"),
    async spans(page) {
      await page.locator(".span-text").focus();
      await key("ArrowLeft", "ArrowLeft", "Shift+ArrowLeft", "Enter", "ArrowLeft", "ArrowLeft", "Enter")(page);
    },
    async boxes(page) {
      const picture = await page.locator(".box-picture").boundingBox();
      const at = (x, y) => [picture.x + x * picture.width, picture.y + y * picture.height];
      for (const [from, to] of [
        [at(0.14, 0.36), at(0.5, 0.8)],
        [at(0.6, 0.5), at(0.9, 0.82)],
      ]) {
        if (from[0] > picture.x + picture.width / 2) await page.keyboard.press("d");
        await page.mouse.move(...from);
        await page.mouse.down();
        await page.mouse.move(...to);
        await page.mouse.up();
      }
    },
  };
}
