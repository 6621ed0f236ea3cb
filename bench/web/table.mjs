// The table of a project's tasks in Chromium against `mizan serve` on the embedded database: the time to its first rows, frames
// while it is scrolled, and the time from a jump to anywhere until the rows there are painted. Prints Markdown.
import { beSignedIn, openPage, startBrowser } from "../../web/e2e/support/browser.mjs";
import { startServer } from "../../web/e2e/support/server.mjs";
import { exampleTemplate } from "../../web/e2e/support/worlds.mjs";

const kTasks = Number(process.argv[2] ?? 1_000_000);
const kChunk = 100_000;
const kJumps = 60;
const kScrollSeconds = 5;

const sorted = (values) => [...values].sort((a, b) => a - b);
const quantile = (values, share) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;
const mean = (values) => values.reduce((sum, each) => sum + each, 0) / values.length;
const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

async function fill(owner) {
  const project = (await owner.post("/projects", { name: "A million" })).project_id;
  await owner.post(`/projects/${project}/templates`, exampleTemplate("classification"));
  const begun = performance.now();
  for (let first = 0; first < kTasks; first += kChunk) {
    const rows = Array.from({ length: Math.min(kChunk, kTasks - first) }, (_, place) => {
      const number = first + place + 1;
      return `{"external_id":"task-${number}","payload":{"text":"message number ${number}"},"domain":"mail","language":"en"}`;
    });
    await owner.call("POST", `/projects/${project}/tasks:import`, rows.join("\n"), { "Content-Type": "application/x-ndjson" });
  }
  return { project, seconds: (performance.now() - begun) / 1000 };
}

/** How long places take when nobody has asked lately, and when somebody has. */
async function places(owner, project) {
  const times = [];
  for (let i = 0; i < 2; ++i) {
    const begun = performance.now();
    await owner.get(`/projects/${project}/task_table/places`);
    times.push(performance.now() - begun);
  }
  return times;
}

/** Frames while the table moves by some rows in each of them, as under a turning wheel. */
const scroll = (page, step) =>
  page.locator(".virtual").evaluate(
    async (box, [pixels, seconds]) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const gaps = [];
      let before = await frame();
      const begun = before;
      while (before - begun < seconds * 1000) {
        box.scrollTop += pixels;
        const now = await frame();
        gaps.push(now - before);
        before = now;
      }
      return gaps;
    },
    [step, kScrollSeconds],
  );

/** To a row, and how long until its link is painted. */
const jump = (page, row) =>
  page.locator(".virtual").evaluate(
    async (box, [wanted, count]) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const begun = performance.now();
      box.scrollTop = (wanted / count) * box.scrollHeight;
      for (;;) {
        await frame();
        const top = box.getBoundingClientRect().top + 60;
        const there = [...box.querySelectorAll(".virtual-row")].find((each) => each.getBoundingClientRect().bottom > top);
        if (there?.querySelector("a")) return performance.now() - begun;
        if (performance.now() - begun > 10_000) return NaN;
      }
    },
    [row, kTasks],
  );

const browser = await startBrowser();
const server = await startServer(null);
try {
  const owner = await server.setUp();
  const { project, seconds } = await fill(owner);
  const [cold, warm] = await places(owner, project);
  const page = await openPage(browser, server.base);
  page.setDefaultTimeout(60_000);
  await beSignedIn(page, owner);
  await page.goto("/projects");
  await page.getByRole("link", { name: "A million" }).first().waitFor();
  const begun = performance.now();
  await page.goto(`/projects/${project}/tasks`);
  await page.getByRole("link", { name: "task-1", exact: true }).waitFor();
  const shown = performance.now() - begun;
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN);
  await page.evaluate(() => performance.setResourceTimingBufferSize(5000));

  const slow = await scroll(page, 40);
  const fast = await scroll(page, 2000);
  const jumps = [];
  for (let i = 1; i <= kJumps; ++i) jumps.push(await jump(page, (i * 617_033) % kTasks));
  const fetched = await page.evaluate(() => performance.getEntriesByType("resource").filter((each) => each.name.includes("/task_table?")).map((each) => each.duration));

  const spread = (values) => `median ${ms(quantile(values, 0.5))}, 95th percentile ${ms(quantile(values, 0.95))}, longest ${ms(Math.max(...values))}`;
  const rows = [
    ["tasks imported before", `${kTasks} in ${seconds.toFixed(0)} s`],
    ["places, nobody having asked lately; asked again", `${ms(cold)}; ${ms(warm)}`],
    ["page opened anew: first contentful paint; first rows there", `${ms(paint)}; ${ms(shown)}`],
    [`time between frames, scrolled by a row a frame for ${kScrollSeconds} s (${slow.length} frames)`, spread(slow)],
    [`the same, by 2000 pixels of the scroll bar a frame (${fast.length} frames)`, spread(fast)],
    [`jump to anywhere, until the row there is painted (${kJumps} jumps)`, spread(jumps)],
    [`a page of 500 rows, asked for by the browser (${fetched.length} pages)`, `mean ${ms(mean(fetched))}, 95th percentile ${ms(quantile(fetched, 0.95))}`],
  ];
  console.log(`| what | found |\n|---|---|`);
  for (const row of rows) console.log(`| ${row.join(" | ")} |`);
} finally {
  await browser.close();
  await server.stop();
}
