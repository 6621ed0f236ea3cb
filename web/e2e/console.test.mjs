// The console: a project from a recipe to its export, in both languages.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { axeFindings, beSignedIn, openPage, overflow, said, startBrowser } from "./support/browser.mjs";
import { seedConsole } from "./support/console_world.mjs";
import { startServer } from "./support/server.mjs";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

// Also after a test that failed: a server that stays would keep this process alive.
let server = null;
async function aServer() {
  server = await startServer();
  return server;
}
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await server?.stop();
  server = null;
});

async function clean(page) {
  assert.deepEqual(await axeFindings(page), []);
  assert.equal(await overflow(page), 0, "something sticks out sideways");
}

/** A page of the project's owner; `complaints` of statuses that a test brings about are left out. */
async function ownerPage(owner, options) {
  const page = await openPage(browser, owner.base, options);
  await beSignedIn(page, owner);
  return page;
}
const unexpected = (page, ...statuses) => page.complaints.filter((text) => !statuses.some((status) => text.includes(String(status))));

const kGood = ["id,message,lang", '1,"I paid twice, please help",en', "2,لا أستطيع الدخول,ar"].join("\n");
const kBad = `${kGood}\n,nobody,en\n4,fine,en`;

for (const language of ["en", "ar"]) {
  const words = said(language, "console");
  const common = said(language, "common");

  test(`${language}: a project is made from a recipe, its template mended where the server says, tasks imported`, async () => {
    const server = await aServer();
    const owner = await server.setUp(language);
    const page = await ownerPage(owner, { language, width: 1280 });
    await page.goto("/projects");
    await page.getByRole("heading", { name: words.no_projects }).waitFor();
    await clean(page);
    await page.getByRole("link", { name: words.new_project }).first().click();
    await page.getByText(words.recipe_empty, { exact: true }).click();
    await page.getByLabel(words.project_name).fill("Pilot");
    // A recipe's texts are in the language of whoever starts from it.
    const question = page.getByRole("group", { name: language === "ar" ? "الإجابة" : "answer", exact: true });
    await question.getByLabel(words.title).fill("Is it a complaint?");
    await page.getByRole("heading", { name: words.preview }).waitFor();
    await page.locator(".template-preview").getByText("Is it a complaint?").waitFor();
    await clean(page);
    // Two options of one value: refused, and said beside the question.
    const options = page.getByLabel(words.options, { exact: true });
    await options.fill("yes\nyes");
    await page.getByRole("button", { name: words.make_project }).click();
    await page.locator(".part").getByRole("alert").waitFor();
    await options.fill("yes | Yes\nno | No");
    await page.getByRole("button", { name: words.make_project }).click();
    await page.getByRole("heading", { name: words.step_file }).waitFor();
    const { data } = await owner.get("/projects");
    assert.equal(data.length, 1, "the second try goes on with the project of the first");
    await clean(page);

    await page.locator('input[type="file"]').setInputFiles({ name: "tasks.csv", mimeType: "text/csv", buffer: Buffer.from(kBad) });
    await page.getByRole("heading", { name: words.step_columns }).waitFor();
    await clean(page);
    // The template shows /text; the column is called otherwise: every row is refused, with its line.
    await page.getByRole("button", { name: words.import_now }).click();
    await page.getByText(words.import_refused).waitFor();
    await page.getByRole("cell", { name: "/payload/text" }).first().waitFor();
    await clean(page);
    const rows = kBad.replace("message", "text");
    await page.locator('input[type="file"]').setInputFiles({ name: "tasks.csv", mimeType: "text/csv", buffer: Buffer.from(rows) });
    await page.getByRole("region", { name: words.step_columns }).getByText("text", { exact: true }).waitFor();
    await page.getByRole("button", { name: words.import_now }).click();
    await page.getByText(words.import_refused).waitFor();
    assert.equal((await owner.get(`/projects/${data[0].project_id}/tasks`)).data.length, 0, "nothing is half imported");
    await page.getByRole("button", { name: words.import_good_other.split("{{")[0].trim() }).click();
    await page.getByRole("link", { name: words.see_tasks }).click();
    await page.getByRole("link", { name: "1", exact: true }).waitFor();
    const tasks = (await owner.get(`/projects/${data[0].project_id}/tasks`)).data;
    assert.deepEqual(tasks.map((task) => [task.external_id, task.payload.text, task.language]), [["1", "I paid twice, please help", "en"], ["2", "لا أستطيع الدخول", "ar"], ["4", "fine", "en"]]);
    assert.deepEqual(unexpected(page, 422), []);
  });

  test(`${language}: the overview follows the work, tasks are filtered by address, a task shows how belief moved`, async () => {
    const server = await aServer();
    const world = await seedConsole(server, { language });
    const page = await ownerPage(world.owner, { language, width: 1280 });
    const base = `/projects/${world.project}`;
    await page.goto(base);
    await page.getByRole("heading", { name: words.funnel }).waitFor();
    await page.getByText("Nile Crowd").first().waitFor();
    const { to_go: left } = await world.owner.get(`${base}/overview`);
    const card = page.locator("section.card", { has: page.getByRole("heading", { name: left.target_posterior === null ? words.to_go : words.to_go_target.split("{{")[0].trim() }) });
    await card.getByText(words.to_go_text).waitFor();
    assert.ok(left.annotation_count_interval[0] <= left.annotation_count && left.annotation_count <= left.annotation_count_interval[1], JSON.stringify(left));
    await clean(page);
    // What others do shows without loading the page again.
    const waiting = page.getByRole("link", { name: words.state_open });
    assert.equal(await waiting.count(), 0);
    await world.owner.call("POST", `${base}/tasks:import`, JSON.stringify({ external_id: "late", payload: { text: "late" } }), { "Content-Type": "application/x-ndjson" });
    await waiting.waitFor({ timeout: 15_000 });
    await card.getByText(words.more_annotations).waitFor();
    await clean(page);

    await page.goto(`${base}/tasks?state=done&top_share_below=0.99`);
    await page.getByRole("columnheader", { name: words.confidence }).waitFor();
    const split = await world.owner.get(`${base}/task_table?state=done&top_share_below=0.99&limit=1000`);
    assert.equal(Number(await page.getByRole("table").getAttribute("aria-rowcount")), split.data.length);
    await page.getByRole("cell", { name: /^(Billing|Technical|Other)$/ }).first().waitFor();
    const columns = await page.getByRole("columnheader").allTextContents();
    const answers = await page.locator(`[role="row"] > [role="cell"]:nth-child(${columns.indexOf(words.answer) + 1})`).allTextContents();
    assert.ok(answers.length > 0 && answers.every((answer) => ["Billing", "Technical", "Other"].includes(answer)), answers.join());
    await clean(page);
    await page.getByLabel(words.search_id).fill("msg-0006");
    await page.waitForURL(/search=msg-0006/);
    await page.goto(`${base}/tasks?order=confidence`);
    await page.getByRole("link", { name: /^msg-/ }).first().click();
    await page.getByRole("heading", { name: words.belief }).waitFor();
    await page.locator(".moves li").nth(2).waitFor();
    await clean(page);
    // Its right answer becomes gold.
    await page.getByRole("button", { name: words.make_gold }).click();
    await page.getByRole("radio", { name: "Billing" }).check();
    await page.getByLabel(words.explanation).fill("It is about a bill.");
    await clean(page);
    await page.getByRole("button", { name: common.save }).click();
    await page.getByText(words.gold_saved).waitFor();
    await page.goto(`${base}/gold`);
    await page.getByRole("table").getByText("billing").first().waitFor();
    await clean(page);
    assert.equal((await world.owner.get(`${base}/gold`)).data.length, 5);
    assert.deepEqual(unexpected(page, 404), []);
  });

  test(`${language}: annotators show accuracy with its interval, and one of them over time`, async () => {
    const server = await aServer();
    const world = await seedConsole(server, { language });
    const page = await ownerPage(world.owner, { language, width: 360 });
    const base = `/projects/${world.project}`;
    await page.goto(`${base}/annotators`);
    await page.getByRole("columnheader", { name: words.accuracy, exact: true }).waitFor();
    assert.equal(await page.locator("tbody tr").count(), 5);
    await clean(page);
    await page.locator("tbody a").first().click();
    await page.getByRole("heading", { name: words.over_time }).waitFor();
    await page.getByRole("rowheader", { name: "billing" }).waitFor();
    await clean(page);
    await page.getByRole("link", { name: words.their_tasks }).click();
    await page.getByRole("link", { name: /^msg-/ }).first().waitFor();
    assert.deepEqual(page.complaints, []);
  });

  test(`${language}: a reviewer accepts, mends and sends back, and has the last word without seeing names`, async () => {
    const server = await aServer();
    const world = await seedConsole(server, { language });
    const base = `/projects/${world.project}`;
    const reviewer = await server.person(world.owner, { email: "rana@example.org", name: "Rana", role: "reviewer", project_id: world.project, language });
    const page = await ownerPage(reviewer, { language, width: 1280 });
    await page.goto(`${base}/review`);
    const before = (await reviewer.get(`${base}/reviews?state=pending`)).data;
    assert.ok(before.length >= 3, "the seed draws reviews");
    await page.locator("tbody a").first().waitFor();
    await clean(page);
    await page.locator("tbody a").first().click();
    await page.getByRole("button", { name: words.accept, exact: true }).waitFor();
    await clean(page);
    await page.getByRole("button", { name: words.accept, exact: true }).click();
    await page.locator(".toast").getByText(words.done_accept, { exact: true }).first().waitFor();
    // The next one is open by itself: it is mended.
    await page.getByRole("button", { name: words.fix, exact: true }).click();
    await page.getByRole("radio", { name: "Other" }).check();
    await page.getByRole("button", { name: new RegExp(words.reason_placeholder) }).click();
    await page.getByRole("option", { name: said(language, "common").reason_wrong }).click();
    await page.getByRole("button", { name: words.save_fix }).click();
    await page.locator(".toast").getByText(words.done_fix, { exact: true }).first().waitFor();
    await page.getByRole("button", { name: words.reject, exact: true }).waitFor();
    await page.getByRole("button", { name: new RegExp(words.reason_placeholder) }).click();
    await page.getByRole("option", { name: said(language, "common").reason_low_effort }).click();
    await page.getByRole("button", { name: words.reject, exact: true }).click();
    await page.locator(".toast").getByText(words.done_reject, { exact: true }).first().waitFor();
    const after = (await reviewer.get(`${base}/reviews`)).data.map((review) => review.state);
    for (const state of ["accepted", "fixed"]) assert.ok(after.includes(state), `${state} is missing of ${after.join(", ")}`);

    const task = (await reviewer.get(`${base}/task_table?order=confidence&limit=1`)).data[0].task_id;
    await page.goto(`${base}/review/tasks/${task}`);
    await page.getByRole("button", { name: words.take_these }).first().waitFor();
    const shown = await page.locator("main").textContent();
    for (const supplier of ["Nile Crowd", "Legal Experts", "acc_", "ant_"]) assert.ok(!shown.includes(supplier), `${supplier} is shown to the adjudicator`);
    await clean(page);
    await page.getByRole("button", { name: words.take_these }).first().click();
    await page.getByRole("button", { name: words.settle }).click();
    await page.locator(".toast").getByText(words.adjudicated).waitFor();
    const belief = await reviewer.get(`${base}/tasks/${task}/consensus`);
    assert.equal(belief.questions[0].basis, "review");
    assert.deepEqual(page.complaints, []);
  });

  test(`${language}: the template is edited into a new version; everything can be taken away as files`, async () => {
    const server = await aServer();
    const world = await seedConsole(server, { language, count: 12 });
    const base = `/projects/${world.project}`;
    const page = await ownerPage(world.owner, { language, width: 1280 });
    await page.goto(`${base}/template`);
    await page.getByRole("button", { name: words.add_question }).click();
    await page.getByRole("group", { name: "choice" }).getByLabel(words.title).fill("Is it polite?");
    await page.locator(".template-preview").getByText("Is it polite?").waitFor();
    await clean(page);
    // The server says what is wrong while it is written, where it stands; nothing is saved.
    const options = page.getByRole("group", { name: "Is it polite?" }).getByLabel(words.options, { exact: true });
    const kept = await options.inputValue();
    await options.fill("yes\nyes");
    await page.locator(".part").getByRole("alert").waitFor();
    await clean(page);
    await options.fill(kept);
    await page.locator(".part").getByRole("alert").waitFor({ state: "detached" });
    await page.getByRole("tab", { name: words.sample_task }).click();
    const sample = page.getByRole("textbox", { name: words.sample_task });
    const payload = await sample.inputValue();
    await sample.fill('{"other": 1}');
    await page.getByRole("alert").getByText(said(language, "problems").title_bad_payload).waitFor();
    await clean(page);
    await sample.fill(payload);
    await page.getByRole("alert").waitFor({ state: "detached" });
    assert.equal((await world.owner.get(base)).template_version, 1);
    await page.getByRole("tab", { name: words.as_json }).click();
    assert.match(await page.getByRole("textbox", { name: words.template }).inputValue(), /Is it polite\?/);
    await page.getByRole("button", { name: words.save_template }).click();
    await page.locator(".toast").waitFor();
    assert.equal((await world.owner.get(base)).template_version, 2);

    await page.goto(`${base}/export`);
    await page.getByRole("heading", { name: words.audit_report }).waitFor();
    await clean(page);
    const take = async (heading) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator("section.card", { has: page.getByRole("heading", { name: heading, exact: true }) }).locator("a.button").first().click()]);
      const pieces = [];
      for await (const piece of await download.createReadStream()) pieces.push(piece);
      return Buffer.concat(pieces).toString();
    };
    const consensus = (await take(words.consensus)).trim().split("\n").map((line) => JSON.parse(line));
    assert.ok(consensus.length >= 8 && consensus.every((row) => row.question === "topic"));
    assert.equal((await take(words.annotations)).trim().split("\n").length, (await world.owner.get(`${base}/annotations?limit=1000`)).data.length);
    assert.match(await take(words.audit_report), /<html/);
    assert.ok(JSON.parse(await take(words.blueprint)).templates.length === 2);
    assert.deepEqual(page.complaints, []);
  });
}
