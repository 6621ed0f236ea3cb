// The workbench: every kind of question, keys, drafts, skipping, no network, training; in both languages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeFindings, beSignedIn, openPage, overflow, said, startBrowser } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";
import { exampleTemplate, kPayloads, makeProject, makeWorld } from "./support/worlds.mjs";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

async function clean(page) {
  assert.deepEqual(await axeFindings(page), []);
  assert.equal(await overflow(page), 0, "something sticks out sideways");
}

const submit = (page, words) => page.getByRole("button", { name: words.submit, exact: false }).click();
const question = (page, name) => page.locator(`[data-question="${name}"]`);

// How each example template is answered by hand, and what the server then has.
const kHands = {
  async preference_pairs(page) {
    await page.keyboard.press("1");
    await question(page, "better").locator("textarea").fill("A better answer");
    await question(page, "reason").locator("textarea").fill("It names the formula and shows how to use it.");
    return { better: { winner: "a", strength: 4, rewrite: "A better answer" }, reason: "It names the formula and shows how to use it." };
  },
  async rubric_grading(page) {
    await page.keyboard.press("1");
    await page.keyboard.press("2");
    await question(page, "grade").locator(".criterion").nth(2).locator(".segment").nth(1).click();
    await question(page, "grade").locator(".reason").first().fill("asks twice");
    await question(page, "correct_dose").locator("input").fill("500 mg");
    return {
      grade: { asks_for_history: { verdict: "met", reason: "asks twice" }, names_red_flags: { verdict: "partly" }, wrong_dose: { verdict: "partly" } },
      correct_dose: "500 mg",
    };
  },
  async classification(page) {
    await page.keyboard.press("1");
    await question(page, "tags").locator("input").first().check();
    await question(page, "tone").locator(".level").nth(1).click();
    return { topic: "invoice", tags: ["urgent"], tone: 2 };
  },
  async sft_demonstrations(page) {
    await page.keyboard.press("2");
    await question(page, "answer").locator("textarea").fill("Imagine two mirrors that face each other: each holds the other, smaller.");
    return { answerable: "needs_more", answer: "Imagine two mirrors that face each other: each holds the other, smaller." };
  },
  async spans(page) {
    await page.keyboard.press("d");
    const text = page.locator(".span-text");
    await text.focus();
    for (let word = 0; word < 2; word++) await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Enter");
    await page.keyboard.press("m");
    await text.evaluate((box) => {
      const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf("amoxicillin");
        if (at < 0) continue;
        getSelection().setBaseAndExtent(node, at, node, at + "amoxicillin".length + 1);
        box.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
        return;
      }
    });
    const points = Array.from(kPayloads.spans.text);
    const of = (part, label) => {
      const start = Array.from(kPayloads.spans.text.slice(0, kPayloads.spans.text.indexOf(part))).length;
      return { start, end: start + Array.from(part).length, label };
    };
    assert.ok(points.length > 60);
    return { entities: [of("500 ملغ", "dose"), of("amoxicillin", "medicine")] };
  },
  async boxes(page) {
    const picture = await page.locator(".box-picture").boundingBox();
    await page.keyboard.press("d");
    await page.mouse.move(picture.x + 100, picture.y + 150);
    await page.mouse.down();
    await page.mouse.move(picture.x + 300, picture.y + 250);
    await page.mouse.up();
    await page.locator("button.box").focus();
    await page.keyboard.press("ArrowRight");
    await question(page, "count").locator("input").fill("1");
    return { animals: 1, count: 1 };
  },
  async audio(page) {
    await page.keyboard.press("y");
    await question(page, "transcript").locator("textarea").fill("a tone");
    await question(page, "clarity").locator(".level").nth(4).click();
    return { speech: "yes", transcript: "a tone", clarity: 5 };
  },
  async chat(page) {
    for (let turn = 0; turn < 3; turn++) {
      const fields = question(page, "talk").locator("textarea");
      await fields.nth(0).fill(`What about day ${turn}?`);
      await fields.nth(1).fill("Walk by the river.");
      await fields.nth(2).fill("Stay in bed.");
      await question(page, "talk").locator("button").first().click();
    }
    await question(page, "better").locator(".point").nth(2).click();
    await question(page, "order").getByRole("button").nth(1).click();
    return { better: { winner: "tie" }, order: [["clear"], ["correct"], ["kind"]], talk: 9 };
  },
};

function sameAnswers(found, wanted) {
  for (const [name, value] of Object.entries(wanted)) {
    if (typeof value === "number" && typeof found[name] === "object")
      assert.equal(Array.isArray(found[name]) ? found[name].length : found[name].messages.length, value, name);
    else assert.deepEqual(found[name], value, name);
  }
  assert.deepEqual(Object.keys(found).sort(), Object.keys(wanted).sort());
}

for (const language of ["en", "ar"]) {
  test(`${language}: every example template is answered by hand`, { timeout: 180_000 }, async (t) => {
    const server = await startServer(t);
    const { owner, supplier_id, annotator } = await makeWorld(server, language);
    const words = said(language, "workbench");
    const page = await openPage(browser, server.base, { language, width: language === "ar" ? 360 : 1280 });
    await beSignedIn(page, annotator);
    for (const [name, hand] of Object.entries(kHands)) {
      const project_id = await makeProject(owner, { name, template: exampleTemplate(name), payloads: [kPayloads[name]], supplier_id, settings: { overlap: { labels_per_task: 1 } } });
      await page.goto(`/workbench/${project_id}`);
      await page.locator(".task").waitFor();
      await page.waitForTimeout(150);
      assert.deepEqual(await axeFindings(page), [], `${name}: axe`);
      assert.equal(await overflow(page), 0, `${name} sticks out sideways`);
      const wanted = await hand(page);
      await submit(page, words);
      await page.getByRole("heading", { name: words.no_work }).waitFor();
      await page.getByText(words.all_sent).waitFor();
      const { data } = await owner.get(`/projects/${project_id}/annotations`);
      assert.equal(data.length, 1, name);
      sameAnswers(data[0].answers, wanted);
      assert.ok(data[0].duration_us > 0);
    }
    assert.notEqual(await page.title(), "broken out", "HTML of a task ran a script");
    // The frame of a task's page refuses its script, and says so.
    assert.deepEqual(page.complaints.filter((text) => !text.includes("sandboxed") && !text.includes("Content Security Policy")), []);
  });

  test(`${language}: projects, a draft that comes back, a task skipped with a reason, history`, async (t) => {
    const server = await startServer(t);
    const { owner, supplier_id, annotator } = await makeWorld(server, language);
    const words = said(language, "workbench");
    const payloads = [1, 2, 3].map((number) => ({ text: `message ${number}` }));
    const project_id = await makeProject(owner, { name: "Messages", template: exampleTemplate("classification"), payloads, supplier_id, instructions: "Read **all** of it." });
    const page = await openPage(browser, server.base, { language, width: 360, theme: "dark" });
    await beSignedIn(page, annotator);
    await page.goto("/");
    await page.getByText(words.has_work, { exact: true }).waitFor();
    await clean(page);
    await page.getByRole("link", { name: words.start }).click();
    await question(page, "topic").locator("input").nth(2).check();
    await submit(page, words);
    await page.getByText(said(language, "task").problem_required).waitFor();
    await page.waitForTimeout(300);
    await page.reload();
    await question(page, "topic").waitFor();
    assert.ok(await question(page, "topic").locator("input").nth(2).isChecked(), "the draft is gone");
    await page.getByRole("button", { name: words.instructions }).click();
    await page.getByText("Read all of it.").waitFor();
    await clean(page);
    await page.locator("h1").click();
    await page.keyboard.press("Shift+Slash");
    await page.getByRole("dialog").waitFor();
    await clean(page);
    await page.keyboard.press("Escape");
    const first = await page.locator(".plain-text").textContent();
    await page.getByRole("button", { name: words.skip, exact: true }).click();
    await page.getByRole("dialog").getByRole("radio").nth(2).check();
    await page.getByRole("dialog").getByRole("button", { name: words.skip }).click();
    await page.locator(".plain-text", { hasNotText: first }).waitFor();
    await page.getByText(words.all_sent).waitFor();
    await page.goto(`/workbench/${project_id}/history`);
    await page.getByText(words.skip_broken).waitFor();
    await clean(page);
    assert.deepEqual(page.complaints, []);
  });
}

test("ten tasks answered without a network are ten annotations, none twice", async (t) => {
  const server = await startServer(t);
  const { owner, supplier_id, annotator } = await makeWorld(server);
  const payloads = Array.from({ length: 14 }, (_, index) => ({ text: `message ${index}` }));
  const project_id = await makeProject(owner, { name: "Messages", template: exampleTemplate("classification"), payloads, supplier_id });
  const page = await openPage(browser, server.base);
  await beSignedIn(page, annotator);
  await page.goto(`/workbench/${project_id}`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Take 10 tasks along (no network)" }).click();
  await page.getByText("10 tasks are in hand").waitFor();
  await page.context().setOffline(true);
  const answer = async (number) => {
    await page.keyboard.press("4");
    await question(page, "tone").locator(".level").nth(2).click();
    await page.keyboard.press("Control+Enter");
    await page.getByText(`Answered ${number}`).waitFor();
  };
  for (let number = 1; number <= 10; number++) await answer(number);
  await page.getByRole("heading", { name: "No network, and nothing in hand" }).waitFor();
  assert.equal((await owner.get(`/projects/${project_id}/annotations`)).data.length, 0);
  await clean(page);
  await page.context().setOffline(false);
  await page.locator(".task").waitFor();
  await page.getByText("Everything is sent").waitFor();
  const { data } = await owner.get(`/projects/${project_id}/annotations`);
  assert.equal(data.length, 10);
  assert.equal(new Set(data.map((each) => each.assignment_id)).size, 10);
});

test("a page that is closed without a network sends its answers when it is opened again", async (t) => {
  const server = await startServer(t);
  const { owner, supplier_id, annotator } = await makeWorld(server);
  const project_id = await makeProject(owner, { name: "Messages", template: exampleTemplate("classification"), payloads: [{ text: "one" }, { text: "two" }], supplier_id });
  const page = await openPage(browser, server.base);
  await beSignedIn(page, annotator);
  await page.goto(`/workbench/${project_id}`);
  await question(page, "topic").waitFor();
  await page.route("**/annotation*", (route) => route.abort());
  await page.keyboard.press("4");
  await question(page, "tone").locator(".level").nth(2).click();
  await page.keyboard.press("Control+Enter");
  await page.getByText("answer waits").waitFor();
  await page.close();
  const again = await page.context().newPage();
  await again.goto(`/workbench/${project_id}`);
  await again.getByText("Everything is sent").waitFor();
  assert.equal((await owner.get(`/projects/${project_id}/annotations`)).data.length, 1);
});

test("in training a gold task is followed by its right answer", async (t) => {
  const server = await startServer(t);
  const { owner, supplier_id, annotator } = await makeWorld(server);
  const payloads = [{ text: "one" }, { text: "two" }];
  const gold = payloads.map(() => ({ answers: { topic: "refund" }, explanation: "It asks for **money** back." }));
  const settings = { gold: { training: true, rate_at_start: 1 } };
  const project_id = await makeProject(owner, { name: "Training", template: exampleTemplate("classification"), payloads, gold, supplier_id, settings });
  const page = await openPage(browser, server.base);
  await beSignedIn(page, annotator);
  await page.goto(`/workbench/${project_id}`);
  await question(page, "topic").waitFor();
  await page.keyboard.press("1");
  await question(page, "tone").locator(".level").nth(2).click();
  await page.keyboard.press("Control+Enter");
  await page.getByRole("dialog").getByText("Not quite").waitFor();
  await page.getByText("It asks for money back.").waitFor();
  await clean(page);
});
