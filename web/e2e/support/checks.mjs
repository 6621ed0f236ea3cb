// What every screen is held to.
import assert from "node:assert/strict";
import { axeFindings, overflow } from "./browser.mjs";

/** Nothing for axe, nothing that sticks out, no error in the console. */
export async function clean(page, what = page.url()) {
  await page.waitForLoadState("networkidle");
  assert.deepEqual(await axeFindings(page), [], what);
  assert.equal(await overflow(page), 0, `${what}: something sticks out sideways`);
  assert.deepEqual(page.complaints, [], what);
}

/** Lets somebody see the app in a language: the profile's goes before the browser's. */
export async function speak(caller, language) {
  const profile = await caller.get("/profile");
  await caller.patch("/profile", { language }, { "If-Match": `"${profile.version}"` });
}
