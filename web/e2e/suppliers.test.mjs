// Suppliers: made, their annotators, compared side by side, stopped; in both languages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { beSignedIn, openPage, said, startBrowser } from "./support/browser.mjs";
import { clean, speak } from "./support/checks.mjs";
import { makePilot } from "./support/pilot.mjs";
import { startServer } from "./support/server.mjs";

let browser, server, owner, pilot;
before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startServer(null)]);
  owner = await server.setUp();
  pilot = await makePilot(owner);
});
after(async () => {
  await browser.close();
  await server.stop();
});

async function openAsOwner(language, options = {}) {
  await speak(owner, language);
  const page = await openPage(browser, server.base, { language, ...options });
  await beSignedIn(page, owner);
  return page;
}
const fill = (text, values) => text.replace(/\{\{(\w+)\}\}/g, (whole, name) => values[name] ?? whole);

for (const language of ["en", "ar"]) {
  const words = said(language, "suppliers");
  const common = said(language, "common");

  test(`${language}: a supplier is made, renamed, given an annotator, suspended and resumed`, async () => {
    const page = await openAsOwner(language, { width: 360 });
    await page.goto("/suppliers");
    await page.getByRole("link", { name: words.new_supplier }).click();
    await page.getByLabel(words.name, { exact: true }).fill("Staff");
    await clean(page);
    await page.getByRole("button", { name: words.make_supplier }).click();
    await page.getByRole("heading", { name: words.no_annotator }).waitFor();
    await page.getByLabel(words.name, { exact: true }).fill(`Own staff ${language}`);
    await page.getByRole("button", { name: common.save, exact: true }).click();
    await page.getByRole("heading", { name: `Own staff ${language}`, level: 1 }).waitFor();
    await page.getByRole("button", { name: words.new_annotator }).click();
    await page.getByLabel(words.contributor, { exact: true }).fill("staff-1");
    await page.getByLabel(words.teams, { exact: true }).fill("night\nlegal");
    await page.getByLabel(words.languages, { exact: true }).fill("ar");
    await clean(page);
    await page.getByRole("dialog").getByRole("button", { name: common.save, exact: true }).click();
    await page.getByRole("cell", { name: /^staff-1/ }).waitFor();
    const supplier = page.url().split("/").at(-1);
    const [annotator] = (await owner.get(`/suppliers/${supplier}/annotators`)).data;
    assert.deepEqual([annotator.teams, annotator.languages], [["legal", "night"], ["ar"]]);
    await clean(page);
    await page.getByLabel(words.find_annotator).fill("nobody");
    await page.getByRole("heading", { name: words.none_such }).waitFor();

    const name = `Own staff ${language}`;
    await page.getByRole("button", { name: fill(words.suspend_of, { name }) }).click();
    await clean(page);
    await page.getByRole("dialog").getByRole("button", { name: words.suspend, exact: true }).click();
    await page.getByRole("button", { name: fill(words.resume_of, { name }) }).waitFor();
    assert.equal((await owner.get(`/suppliers/${supplier}`)).state, "suspended");
    await page.getByRole("button", { name: fill(words.resume_of, { name }) }).click();
    await page.getByRole("dialog").getByRole("button", { name: words.resume, exact: true }).click();
    await page.getByRole("button", { name: fill(words.suspend_of, { name }) }).waitFor();
  });

  test(`${language}: suppliers stand side by side with intervals, pairs and slices; the report can be taken along`, async () => {
    const page = await openAsOwner(language);
    const base = `/projects/${pilot.project.project_id}/suppliers`;
    await page.goto(base);
    const table = page.getByRole("table", { name: words.side_by_side });
    await table.waitFor();
    assert.deepEqual(await table.locator("thead th bdi").allTextContents(), ["Consilium experts", "Judge model", "Bazaar crowd"]);
    const better = fill(words.a_better, { a: "Consilium experts", b: "Bazaar crowd" });
    const said = await page.locator(".pairs strong").allTextContents();
    assert.ok(said.some((text) => text.replace(/[\u2066-\u2069]/g, "") === better), said.join("; "));
    const cards = (await owner.get(`${base}/scorecards`)).suppliers;
    assert.equal(cards.length, 3);
    assert.equal(await page.locator(".plot path").count(), 3);
    await page.getByRole("table", { name: words.by_slice }).getByRole("rowheader", { name: "medicine" }).waitFor();
    await clean(page);
    await page.goto(`${base}?by=language&x=price`);
    await page.getByRole("table", { name: words.by_slice }).getByRole("rowheader", { name: "ar" }).waitFor();
    await clean(page);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: words.download_report }).click()]);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    assert.match(Buffer.concat(chunks).toString("utf8"), /^<!doctype html>[^]*Consilium experts/i);
  });

  test(`${language}: what is not known yet says how many more tasks it takes`, async () => {
    const small = await makePilot(owner, { tasks: 36, gold: 0, name: `A small pilot ${language}` });
    const page = await openAsOwner(language, { width: 360 });
    const base = `/projects/${small.project.project_id}/suppliers`;
    await page.goto(base);
    await page.locator(".pairs li").nth(2).waitFor();
    const open = (await owner.get(`${base}/scorecards`)).pairs.filter((pair) => pair.conclusion === "not_known");
    assert.ok(open.length > 0 && open.every((pair) => pair.until_known.further_task_count > 0), JSON.stringify(open));
    assert.equal(await page.locator(".pairs p", { hasText: words.until_reachable.split("{{")[0].trim() }).count(), open.length);
    // The figures of three suppliers are wider than a telephone: the table's end fades where more follows.
    const figures = page.getByRole("region", { name: words.side_by_side });
    assert.equal(await figures.getAttribute("data-more"), "after");
    await figures.evaluate((box) => (box.scrollLeft = (getComputedStyle(box).direction === "rtl" ? -1 : 1) * box.scrollWidth));
    await page.locator('[data-more="before"]').first().waitFor();
    await clean(page);
  });

  test(`${language}: a supplier is stopped in one project after a question, and goes on`, async () => {
    const page = await openAsOwner(language, { width: 360, theme: "dark" });
    const base = `/projects/${pilot.project.project_id}/suppliers`;
    const state = async () => (await owner.get(`${base}/${pilot.suppliers.judge.supplier_id}`)).state;
    await page.goto(base);
    const stop = page.getByRole("button", { name: fill(words.suspend_of, { name: "Judge model" }) });
    await stop.click();
    await page.getByRole("dialog").getByRole("button", { name: common.cancel, exact: true }).click();
    assert.equal(await state(), "active");
    await stop.click();
    await clean(page);
    await page.getByRole("dialog").getByRole("button", { name: words.suspend, exact: true }).click();
    const resume = page.getByRole("button", { name: fill(words.resume_of, { name: "Judge model" }) });
    await resume.waitFor();
    assert.equal(await state(), "suspended");
    await clean(page);
    await resume.click();
    await page.getByRole("dialog").getByRole("button", { name: words.resume, exact: true }).click();
    await stop.waitFor();
    assert.equal(await state(), "active");
  });

  test(`${language}: a project without labels says that nothing can be weighed, and takes a supplier with its price`, async () => {
    const page = await openAsOwner(language);
    const project = await owner.post("/projects", { name: `Empty ${language}` });
    await page.goto(`/projects/${project.project_id}/suppliers`);
    await page.getByRole("heading", { name: words.nothing_weighed }).waitFor();
    await page.getByRole("button", { name: words.add_supplier }).click();
    await page.getByRole("dialog").getByRole("button", { name: new RegExp(words.supplier) }).click();
    await page.getByRole("option", { name: "Judge model" }).click();
    await page.getByLabel(words.price, { exact: true }).fill("0.02");
    await page.getByRole("dialog").getByRole("button", { name: common.save, exact: true }).click();
    await page.getByRole("cell", { name: "Judge model", exact: true }).waitFor();
    const [terms] = (await owner.get(`/projects/${project.project_id}/suppliers`)).data;
    assert.deepEqual([terms.price_micros, terms.currency], [20_000, "USD"]);
    // The scorecards of a project without labels are not there: Chromium calls that an error.
    page.complaints = page.complaints.filter((text) => !text.includes("404"));
    await clean(page);
  });
}
