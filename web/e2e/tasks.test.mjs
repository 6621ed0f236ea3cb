// The table of tasks, every row of it within reach at once, and files that tasks come from; in both languages.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { beSignedIn, openPage, said, startBrowser } from "./support/browser.mjs";
import { clean, speak } from "./support/checks.mjs";
import { startServer } from "./support/server.mjs";
import { exampleTemplate, makeProject } from "./support/worlds.mjs";

const kCount = 2_600;
let browser, server, owner, project;
before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startServer(null)]);
  owner = await server.setUp();
  const payloads = Array.from({ length: kCount }, (_, index) => ({ text: `message number ${index + 1}` }));
  project = await makeProject(owner, { name: "Messages", template: exampleTemplate("classification"), payloads });
});
after(async () => {
  await browser.close();
  await server.stop();
});

for (const language of ["en", "ar"]) {
  const words = said(language, "console");

  test(`${language}: somebody goes to a row in the middle, to the end, and to a task by its external id`, async () => {
    await speak(owner, language);
    const page = await openPage(browser, server.base, { language, width: language === "ar" ? 360 : 1280 });
    await beSignedIn(page, owner);
    await page.goto(`/projects/${project}/tasks`);
    const table = page.getByRole("table", { name: words.tasks });
    await table.getByRole("link", { name: "task-1", exact: true }).waitFor();
    assert.equal(Number(await table.getAttribute("aria-rowcount")), kCount + 1);
    await clean(page);

    const asked = [];
    page.on("request", (request) => request.url().includes("/task_table?") && asked.push(request.url()));
    const field = page.getByLabel(words.go_to, { exact: true });
    await field.fill(language === "ar" ? "١٥٢٠" : "1520");
    await field.press("Enter");
    await table.getByRole("link", { name: "task-1520", exact: true }).waitFor();
    assert.match(page.url(), /row=1520/);
    // The page around it came from its place: none of those before it.
    assert.equal(asked.length, 1, asked.join("\n"));
    await clean(page);
    await page.reload();
    await table.getByRole("link", { name: "task-1520", exact: true }).waitFor();

    await table.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await table.getByRole("link", { name: `task-${kCount}`, exact: true }).waitFor();
    await clean(page);
    await field.fill("no-such-task");
    await field.press("Enter");
    await page.getByText(words.go_nowhere).waitFor();
    await clean(page);
    await field.fill("task-2042");
    await field.press("Enter");
    await page.waitForURL(/tasks\/tsk_/);
    await page.getByRole("heading", { name: "task-2042" }).waitFor();
    assert.deepEqual(page.complaints, []);
  });

  test(`${language}: Parquet and packed files are shown, their columns mapped, their rows refused one by one`, async () => {
    await speak(owner, language);
    const into = await makeProject(owner, { name: `Files ${language}`, template: exampleTemplate("classification"), payloads: [] });
    const page = await openPage(browser, server.base, { language, width: language === "ar" ? 360 : 1280 });
    await beSignedIn(page, owner);
    await page.goto(`/projects/${into}/import`);
    const file = page.locator('input[type="file"]');
    await file.setInputFiles(path.join(import.meta.dirname, "../src/import/fixtures/tasks.parquet"));
    const columns = page.getByRole("region", { name: words.step_columns }).first();
    await columns.getByText("I paid twice, please help").waitFor();
    await clean(page);
    // The third row has no text: it is refused with its place, and nothing is imported.
    await page.getByRole("button", { name: words.import_now }).click();
    await page.getByText(words.import_refused).waitFor();
    await page.getByRole("cell", { name: "/payload/text" }).first().waitFor();
    await page.getByRole("button", { name: (words.import_good_two ?? words.import_good_other).replace("{{count, number}}", "2") }).click();
    await page.getByRole("link", { name: words.see_tasks }).waitFor();
    page.complaints = page.complaints.filter((text) => !text.includes("422"));

    const packed = gzipSync("ref,text,lang\n8,packed,en\n9,أيضًا,ar\n");
    await file.setInputFiles({ name: "more.csv.gz", mimeType: "application/gzip", buffer: packed });
    await columns.getByText("packed", { exact: true }).waitFor();
    // What is its external id is said by the reader.
    await columns.getByRole("button", { name: words.role_of.replace("{{column}}", "ref") }).click();
    await page.getByRole("option", { name: words.role_of_external_id, exact: true }).click();
    await clean(page);
    await page.getByRole("button", { name: words.import_now }).click();
    await page.getByRole("link", { name: words.see_tasks }).waitFor();
    const tasks = (await owner.get(`/projects/${into}/tasks`)).data;
    assert.deepEqual(tasks.map((task) => [task.external_id, task.payload.text, task.language]), [["1", "I paid twice, please help", "en"], ["2", "لا أستطيع الدخول", "ar"], ["8", "packed", "en"], ["9", "أيضًا", "ar"]]);
    assert.deepEqual(tasks[0].payload.meta, { source: "mail", tags: ["a", "b"] });
    assert.deepEqual(page.complaints, []);
  });
}
