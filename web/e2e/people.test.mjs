// People, invitations, keys, the audit log, webhooks, settings and health, as an owner; in both languages.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { beSignedIn, openPage, said, startBrowser } from "./support/browser.mjs";
import { clean } from "./support/checks.mjs";
import { kTemplate } from "./support/pilot.mjs";
import { startServer } from "./support/server.mjs";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

async function startAsOwner(t, language, options = {}) {
  const server = await startServer(t, options.server);
  const owner = await server.setUp(language);
  const page = await openPage(browser, server.base, { language, ...options.page });
  await beSignedIn(page, owner);
  return { server, owner, page };
}

for (const language of ["en", "ar"]) {
  const words = said(language, "people");
  const access = said(language, "access");
  const common = said(language, "common");

  test(`${language}: somebody is invited by a link, gets another role, loses it`, async (t) => {
    const { server, owner, page } = await startAsOwner(t, language);
    await page.goto("/people");
    await page.getByRole("cell", { name: "owner@example.org" }).waitFor();
    await clean(page);
    await page.getByRole("link", { name: words.invite }).click();
    await page.getByLabel(access.email).fill("lina@example.org");
    await clean(page);
    await page.getByRole("button", { name: words.make_link }).click();
    const link = await page.locator("code.secret").textContent();
    await clean(page);
    await page.getByRole("button", { name: words.link_sent }).click();
    await page.getByRole("cell", { name: "lina@example.org", exact: true }).waitFor();
    await clean(page);

    const token = decodeURIComponent(new URL(link).hash.slice(1));
    const body = { token, name: "Lina Aziz", password: "correct horse battery", language };
    await owner.post("/invites:accept", body);
    await page.goto("/people?role=reviewer");
    await page.getByRole("button", { name: words.change_of.replace("{{name}}", "Lina Aziz") }).click();
    await page.getByRole("menuitem", { name: words.change_role }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(access.role, { exact: true }).click();
    await page.getByRole("option", { name: access.role_auditor }).click();
    await clean(page);
    await dialog.getByRole("button", { name: words.change_role }).click();
    await page.getByText(words.done, { exact: true }).waitFor();
    const held = (await owner.get("/members")).data.filter((member) => member.name === "Lina Aziz");
    assert.deepEqual(held.map((member) => member.role), ["auditor"]);

    await page.goto("/people?role=auditor");
    await page.getByRole("button", { name: words.change_of.replace("{{name}}", "Lina Aziz") }).click();
    await page.getByRole("menuitem", { name: words.take_role }).click();
    await page.getByRole("dialog").getByRole("button", { name: words.take_role }).click();
    await page.getByRole("heading", { name: words.no_member }).waitFor();
    await clean(page);
  });

  test(`${language}: a key is made, works, is shown once, is revoked`, async (t) => {
    const { server, page } = await startAsOwner(t, language, { page: { width: 360 } });
    await page.goto("/people/keys");
    await page.getByRole("heading", { name: words.no_key }).waitFor();
    await clean(page);
    await page.getByRole("button", { name: words.new_key }).click();
    await page.getByLabel(words.key_name, { exact: true }).fill("Nightly import");
    await clean(page);
    await page.getByRole("button", { name: words.make_key }).click();
    const secret = await page.locator("code.secret").textContent();
    assert.match(secret, /^mz_/);
    const asKey = () => fetch(`${server.base}/api/v1/projects`, { headers: { Authorization: `Bearer ${secret}` } });
    assert.equal((await asKey()).status, 200);
    await page.getByRole("button", { name: words.secret_kept }).click();
    assert.ok(!(await page.content()).includes(secret));
    await page.getByRole("button", { name: words.revoke_of.replace("{{name}}", "Nightly import") }).click();
    await page.getByRole("dialog").getByRole("button", { name: words.revoke, exact: true }).click();
    await page.getByRole("cell", { name: words.key_revoked, exact: true }).waitFor();
    assert.equal((await asKey()).status, 401);
    await clean(page);
  });

  test(`${language}: the audit log is filtered by address and verified; health says that the server is ready`, async (t) => {
    const { server, owner, page } = await startAsOwner(t, language);
    const supplier = await owner.post("/suppliers", { name: "Consilium", kind: "expert" });
    await page.goto(`/audit-log?subject=${supplier.supplier_id}`);
    await page.getByRole("cell", { name: words.did_supplier_created }).waitFor();
    assert.equal(await page.locator("tbody tr").count(), 1);
    await page.getByRole("button", { name: words.verify }).click();
    await page.getByText(words.chain_holds).waitFor();
    await clean(page);
    await page.getByLabel(words.action, { exact: true }).fill("nothing_like_this");
    await page.getByRole("heading", { name: words.no_entry }).waitFor();
    assert.match(page.url(), /action=nothing_like_this/);
    await page.goto("/audit-log");
    await page.getByRole("button", { name: words.details, exact: false }).first().click();
    await page.getByRole("dialog").getByText(words.hash_before).waitFor();
    await clean(page);
    await page.goto("/people/health");
    await page.getByText(words.is_ready).waitFor();
    await page.getByRole("cell", { name: "list_audit_log" }).waitFor();
    await clean(page);
  });

  test(`${language}: a webhook is made, tested, paused and deleted`, async (t) => {
    const heard = [];
    const receiver = createServer((request, response) => {
      heard.push(request.headers["mizan-signature"]);
      response.writeHead(heard.length === 1 ? 204 : 500).end();
    });
    await new Promise((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    t.after(() => receiver.close());
    const { owner, page } = await startAsOwner(t, language, { server: { args: ["--allow-private-webhooks"] } });
    const project = await owner.post("/projects", { name: "Pairs" });
    await page.goto(`/projects/${project.project_id}/webhooks`);
    await page.getByRole("heading", { name: words.no_webhook }).waitFor();
    await clean(page);
    await page.getByRole("button", { name: words.new_webhook }).click();
    await page.getByLabel(words.url, { exact: true }).fill(`http://127.0.0.1:${receiver.address().port}/`);
    await page.getByText("task.done").click();
    await clean(page);
    await page.getByRole("button", { name: words.make_webhook }).click();
    await page.getByRole("button", { name: words.secret_kept }).click();
    await page.getByRole("heading", { name: words.deliveries }).waitFor();
    await page.getByRole("button", { name: words.send_test }).click();
    await page.getByText(words.test_taken).waitFor();
    await page.getByRole("button", { name: words.send_test }).click();
    await page.getByText(words.test_refused).waitFor();
    assert.equal(heard.length, 2);
    assert.ok(heard.every((signature) => signature?.startsWith("t=")));
    await clean(page);
    // Both are in the log, the newest first; one is sent again.
    const log = page.getByRole("table", { name: words.delivery_log });
    await log.getByRole("row").nth(2).waitFor();
    await log.getByRole("button", { name: words.redeliver_of.split("{{")[0].trim() }).first().click();
    await log.getByRole("cell", { name: words.cause_redelivery, exact: true }).waitFor();
    assert.equal(heard.length, 3);
    const [webhook] = (await owner.get(`/projects/${project.project_id}/webhooks`)).data;
    const deliveries = (await owner.get(`/projects/${project.project_id}/webhooks/${webhook.webhook_id}/deliveries`)).data;
    assert.deepEqual(deliveries.map((row) => [row.cause, row.status]), [["redelivery", 500], ["test", 500], ["test", 204]]);
    assert.ok(!JSON.stringify(deliveries).includes("whsec_"));
    await clean(page);
    await page.getByRole("button", { name: words.pause, exact: true }).click();
    await page.getByText(words.state_paused, { exact: true }).waitFor();
    await page.getByRole("button", { name: words.delete, exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: words.delete, exact: true }).click();
    await page.getByRole("heading", { name: words.no_webhook }).waitFor();
    assert.deepEqual((await owner.get(`/projects/${project.project_id}/webhooks`)).data, []);
  });

  test(`${language}: settings of a project are changed and kept`, async (t) => {
    const { server, owner, page } = await startAsOwner(t, language);
    const settings = { tie_breaker: { top_share_below: 0.4, max_extra_labels: 2 } };
    const project = await owner.post("/projects", { name: "Pairs", settings });
    await owner.post(`/projects/${project.project_id}/templates`, kTemplate);
    await page.goto(`/projects/${project.project_id}/settings`);
    await page.getByLabel(words.labels_per_task).fill("4");
    await page.getByLabel(words.review_share).fill("25");
    await clean(page);
    await page.getByRole("button", { name: access.save, exact: true }).click();
    await page.getByText(access.saved).waitFor();
    const now = await owner.get(`/projects/${project.project_id}`);
    assert.equal(now.settings.overlap.labels_per_task, 4);
    assert.equal(now.settings.review_share, 0.25);
    assert.deepEqual(now.settings.tie_breaker, settings.tie_breaker);
    await page.getByRole("button", { name: words.pause, exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: words.pause, exact: true }).click();
    await page.getByText(words.project_paused, { exact: true }).waitFor();
    assert.equal((await owner.get(`/projects/${project.project_id}`)).state, "paused");
    await clean(page);
  });

  test(`${language}: a reviewer is shown none of the administration`, async (t) => {
    const server = await startServer(t);
    const owner = await server.setUp(language);
    const reviewer = await server.person(owner, { email: "omar@example.org", name: "Omar", role: "reviewer", language });
    const page = await openPage(browser, server.base, { language });
    await beSignedIn(page, reviewer);
    for (const address of ["/people", "/people/keys", "/audit-log", "/people/health", "/suppliers"]) {
      await page.goto(address);
      await page.getByRole("heading", { name: common.page_missing, level: 1 }).waitFor();
    }
    await clean(page);
  });
}
