// The supplier portal, and the wall around it: a manager sees and is sent nothing of anybody else; in both languages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { beSignedIn, openPage, said, startBrowser } from "./support/browser.mjs";
import { clean, speak } from "./support/checks.mjs";
import { makePilot } from "./support/pilot.mjs";
import { startServer } from "./support/server.mjs";

let browser, server, owner, pilot, secret, manager;
before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startServer(null)]);
  owner = await server.setUp();
  pilot = await makePilot(owner);
  secret = await owner.post("/projects", { name: "Secret project" });
  const { consilium, bazaar } = pilot.suppliers;
  await owner.post(`/projects/${secret.project_id}/suppliers`, { supplier_id: bazaar.supplier_id });
  for (const [name, supplier] of [["For the crowd", bazaar], ["For the experts", consilium]])
    await owner.post(`/projects/${pilot.project.project_id}/batches`, { name, supplier_id: supplier.supplier_id });
  await owner.post("/invites", { email: "foreign@bazaar.example", role: "annotator", supplier_id: bazaar.supplier_id });
  await owner.post("/api_keys", { name: "Owner's key", role: "owner" });
  manager = await server.person(owner, { email: "maha@consilium.example", name: "Maha Said", role: "supplier_manager", supplier_id: consilium.supplier_id });
});
after(async () => {
  await browser.close();
  await server.stop();
});

async function openAsManager(language, options = {}) {
  await speak(manager, language);
  const page = await openPage(browser, server.base, { language, ...options });
  await beSignedIn(page, manager);
  // Everything that the server sends to this page, to be searched.
  page.sent = [];
  page.on("response", async (response) => {
    if (response.url().includes("/api/v1/")) page.sent.push({ url: response.url(), text: await response.text().catch(() => "") });
  });
  return page;
}

/** Ids and names that are nobody's business here. */
async function foreign() {
  const { bazaar, judge } = pilot.suppliers;
  const annotators = [];
  for (const supplier of [bazaar, judge]) annotators.push(...(await owner.get(`/suppliers/${supplier.supplier_id}/annotators`)).data);
  const texts = [bazaar, judge].flatMap((supplier) => [supplier.supplier_id, supplier.name]);
  texts.push(...annotators.flatMap((row) => [row.annotator_id, `"${row.contributor_id}"`]));
  texts.push(secret.project_id, "Secret project", "foreign@bazaar.example", "owner@example.org", "For the crowd", "Owner's key");
  return texts;
}

const kPages = ["/portal", "/portal/people", "/portal/batches", "/portal/quality", "/portal/keys"];

for (const language of ["en", "ar"]) {
  const words = said(language, "portal");
  const people = said(language, "people");
  const access = said(language, "access");
  const common = said(language, "common");

  for (const width of [1280, 360])
    test(`${language}, ${width} px: no page of the portal shows or fetches anything of another supplier`, async () => {
      const page = await openAsManager(language, { width });
      for (const address of kPages) {
        await page.goto(address);
        await clean(page, address);
        const shown = await page.locator("body").textContent();
        for (const text of await foreign()) {
          assert.ok(!shown.includes(text.replaceAll('"', "")) || text.startsWith('"'), `${address} shows ${text}`);
          const leak = page.sent.find((sent) => sent.text.includes(text) || sent.url.includes(text));
          assert.equal(leak?.url, undefined, `${address}: ${text} was sent`);
        }
      }
      assert.ok(page.sent.some((sent) => sent.text.includes(pilot.suppliers.consilium.supplier_id)), "nothing was listened to");
      assert.ok(page.sent.some((sent) => sent.url.includes("/scorecards")), "no quality was read");
    });

  test(`${language}: pages of others are not there for a manager, whatever the address`, async () => {
    const page = await openAsManager(language);
    const { bazaar } = pilot.suppliers;
    const project = pilot.project.project_id;
    for (const address of ["/people", "/audit-log", "/suppliers", `/suppliers/${bazaar.supplier_id}`, `/projects/${project}/suppliers`, `/projects/${project}/webhooks`, `/projects/${project}/settings`]) {
      await page.goto(address);
      await page.getByRole("heading", { name: common.page_missing, level: 1 }).waitFor();
    }
    await page.goto(`/portal/people?supplier=${bazaar.supplier_id}`);
    await page.getByRole("cell", { name: /^expert-1/ }).waitFor();
    await clean(page);
    for (const text of await foreign()) assert.ok(!page.sent.some((sent) => sent.text.includes(text)), text);
    for (const address of [`/suppliers/${bazaar.supplier_id}`, `/suppliers/${bazaar.supplier_id}/annotators`, `/projects/${secret.project_id}`])
      await assert.rejects(manager.get(address), /40[34]/);
  });

  test(`${language}: an annotator is invited, added and taken off`, async () => {
    const page = await openAsManager(language);
    await page.goto("/portal/people");
    await page.getByRole("button", { name: words.invite }).click();
    await page.getByLabel(access.email).fill(`ada.${language}@consilium.example`);
    await clean(page);
    await page.getByRole("button", { name: people.make_link }).click();
    const link = await page.locator("code.secret").textContent();
    const body = { token: decodeURIComponent(new URL(link).hash.slice(1)), name: `Ada ${language}`, password: "correct horse battery", language };
    await owner.post("/invites:accept", body);
    await page.getByRole("button", { name: people.link_sent }).click();
    await page.reload();
    // By name among the supplier's annotators, and by name and address among its people.
    await page.getByRole("cell", { name: new RegExp(`^Ada ${language} ant_`) }).waitFor();
    await page.getByRole("cell", { name: new RegExp(`^Ada ${language} .*@`) }).waitFor();
    const suppliers = said(language, "suppliers");
    await page.getByRole("button", { name: suppliers.change_of.replace("{{name}}", "expert-2") }).click();
    await page.getByRole("menuitem", { name: suppliers.edit }).click();
    await page.getByLabel(suppliers.domains, { exact: true }).fill("medicine");
    await page.getByRole("dialog").getByRole("button", { name: common.save, exact: true }).click();
    await page.getByRole("row", { name: /expert-2/ }).getByText("medicine").waitFor();
    await page.getByRole("button", { name: suppliers.change_of.replace("{{name}}", "expert-2") }).click();
    await page.getByRole("menuitem", { name: suppliers.suspend }).click();
    await page.getByRole("dialog").getByRole("button", { name: suppliers.suspend, exact: true }).click();
    await page.getByRole("row", { name: /expert-2/ }).getByText(suppliers.state_suspended).waitFor();
    await clean(page);
    const expert = (await manager.get(`/suppliers/${pilot.suppliers.consilium.supplier_id}/annotators`)).data.find((row) => row.contributor_id === "expert-2");
    assert.deepEqual([expert.state, expert.domains], ["suspended", ["medicine"]]);
    await manager.post(`/annotators/${expert.annotator_id}:resume`);
  });

  test(`${language}: a key of the supplier is made and sees its own alone`, async () => {
    const page = await openAsManager(language);
    await page.goto("/portal/keys");
    await page.getByRole("button", { name: words.new_key }).first().click();
    await page.getByLabel(people.key_name, { exact: true }).fill(`Own system ${language}`);
    await page.getByRole("button", { name: people.make_key }).click();
    const key = await page.locator("code.secret").textContent();
    await page.getByRole("button", { name: people.secret_kept }).click();
    await page.getByRole("cell", { name: new RegExp(`^Own system ${language}`) }).waitFor();
    await clean(page);
    const answer = await fetch(`${server.base}/api/v1/suppliers`, { headers: { Authorization: `Bearer ${key}` } });
    assert.deepEqual((await answer.json()).data.map((row) => row.name), ["Consilium experts"]);
  });

  test(`${language}: batches and verdicts of reviewers stand in the portal with their evidence`, async () => {
    const page = await openAsManager(language);
    await page.goto("/portal/batches");
    await page.getByRole("cell", { name: "For the experts" }).waitFor();
    await page.goto("/portal/batches?state=running");
    await page.getByRole("heading", { name: words.no_batch }).waitFor();
    const project = `/projects/${pilot.project.project_id}`;
    const own = (await manager.get(`${project}/annotations?limit=2`)).data[language === "ar" ? 1 : 0];
    const review = await owner.post(`${project}/reviews`, { annotation_id: own.annotation_id });
    await owner.post(`${project}/reviews/${review.review_id}:reject`, { reason: "wrong", comment: `Read it again ${language}.` });
    await page.goto("/portal/quality?review=rejected");
    const row = page.getByRole("row", { name: new RegExp(`Read it again ${language}`) });
    await row.getByText(said(language, "common").reason_wrong, { exact: true }).waitFor();
    await row.getByRole("button", { name: words.evidence }).click();
    await page.getByRole("dialog").getByText(/sentiment/).waitFor();
    await clean(page);
  });
}
