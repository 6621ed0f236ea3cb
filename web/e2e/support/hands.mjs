// A task on the screen, and hands that work on it.
import { beSignedIn, openPage } from "./browser.mjs";
import { startServer } from "./server.mjs";
import { makeProject, makeWorld } from "./worlds.mjs";

/** A project of a template with a task, opened by an annotator. */
export async function taskAt(browser, t, language, look, project) {
  const server = await startServer(t);
  const { owner, supplier_id, annotator } = await makeWorld(server, language);
  const project_id = await makeProject(owner, { name: "Marks", supplier_id, settings: { overlap: { labels_per_task: 1 } }, ...project });
  const page = await openPage(browser, server.base, { language, ...look });
  await beSignedIn(page, annotator);
  await page.goto(`/workbench/${project_id}`);
  await page.locator(".task").waitFor();
  return { page, owner, project_id };
}

/** Drags with the mouse, as a hand does: in steps. */
export async function drag(page, from, to) {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 4 });
  await page.mouse.up();
}

/** Drags with one finger. */
export async function swipe(page, from, to) {
  const session = await page.context().newCDPSession(page);
  const points = (at) => ({ touchPoints: at ? [{ x: at[0], y: at[1] }] : [] });
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", ...points(from) });
  for (let step = 1; step <= 4; step++)
    await session.send("Input.dispatchTouchEvent", { type: "touchMove", ...points([0, 1].map((axis) => from[axis] + ((to[axis] - from[axis]) * step) / 4)) });
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", ...points(null) });
}

export const middleOf = async (locator) => {
  const { x, y, width, height } = await locator.boundingBox();
  return [x + width / 2, y + height / 2];
};
