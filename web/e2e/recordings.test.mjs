// Recordings: seen, played, jumped in; and those that cannot be drawn.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeFindings, overflow, said, startBrowser } from "./support/browser.mjs";
import { fileServer } from "./support/files.mjs";
import { taskAt } from "./support/hands.mjs";
import { exampleTemplate, wav } from "./support/worlds.mjs";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

const recordings = async (t, options) => {
  const server = await fileServer(t, { name: "recording.wav", type: "audio/wav", ...options });
  server.project = { template: exampleTemplate("audio"), payloads: [{ audio: server.address }] };
  return server;
};

for (const language of ["en", "ar"]) {
  test(`${language}: a recording is seen, played, and jumped in by mouse and by keys`, async (t) => {
    const files = await recordings(t, { bytes: wav(20) });
    const { page } = await taskAt(browser, t, language, { width: 360 }, files.project);
    const words = said(language, "task");
    const slider = page.getByRole("slider", { name: words.recording });
    const now = async () => Number(await slider.getAttribute("aria-valuenow"));
    await page.waitForFunction(() => document.querySelector(".wave-all path")?.getAttribute("d").length > 4000);
    assert.equal(await slider.getAttribute("aria-valuemax"), "20");
    await page.waitForFunction(() => document.querySelector("audio").src.startsWith("blob:") && document.querySelector("audio").readyState > 0);
    assert.equal(files.reads, 1);
    assert.equal(files.cookies, false, "another server got the session's cookie");
    const loudAt = (share) =>
      page.evaluate((at) => {
        const peaks = document.querySelector(".wave-all path").getAttribute("d").slice(1).split(/[LZ]/).map((point) => 1 - Number(point.split(" ")[1]));
        return Math.max(...peaks.slice(Math.floor(at * 600), Math.floor(at * 600) + 40));
      }, share);
    assert.ok((await loudAt(0)) < 0.5 && (await loudAt(0.92)) > 0.8, "the tone grows louder, and its shape does not");
    const { x, y, width, height } = await slider.boundingBox();
    await page.mouse.click(x + width * 0.75, y + height / 2);
    assert.ok(Math.abs((await now()) - 15) < 0.5, "time runs from left to right in every language");
    assert.equal(await page.evaluate(() => document.querySelector("audio").currentTime).then(Math.round), 15);
    await slider.focus();
    await page.keyboard.press("ArrowLeft");
    assert.ok(Math.abs((await now()) - 14) < 0.5);
    await page.keyboard.press("PageDown");
    assert.ok(Math.abs((await now()) - 4) < 0.5);
    await page.getByRole("button", { name: words.on_seconds.replace("{{seconds, number}}", language === "ar" ? "٥" : "5") }).click();
    assert.ok(Math.abs((await now()) - 9) < 0.5);
    await page.getByLabel(words.speed).selectOption("2");
    assert.equal(await page.evaluate(() => document.querySelector("audio").playbackRate), 2);
    await slider.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: words.pause }).waitFor();
    await page.waitForFunction(() => document.querySelector("audio").currentTime > 0.2);
    await page.getByRole("button", { name: words.pause }).click();
    await page.getByRole("button", { name: words.play }).waitFor();
    assert.ok((await now()) > 0);
    assert.deepEqual(await axeFindings(page), []);
    assert.equal(await overflow(page), 0);
    assert.deepEqual(page.complaints, []);
  });
}

test("a recording that others may not read, or a long one, has the browser's own player; a missing one says so", { timeout: 60_000 }, async (t) => {
  const closed = await taskAt(browser, t, "en", {}, (await recordings(t, { bytes: wav(3), isOpen: false })).project);
  await closed.page.locator("audio[controls]").waitFor();
  assert.equal(await closed.page.locator(".wave").count(), 0);
  assert.deepEqual(await axeFindings(closed.page), []);
  const files = await recordings(t, { bytes: wav(601) });
  const long = await taskAt(browser, t, "en", {}, files.project);
  await long.page.locator("audio[controls]").waitFor();
  assert.equal(files.reads, 0, "a long recording is not read into memory");
  const missing = await taskAt(browser, t, "en", {}, (await recordings(t, { bytes: Buffer.from("gone"), status: 404 })).project);
  await missing.page.getByText(said("en", "task").recording_fails).waitFor();
  // Without the network what draws it may not come.
  const context = await taskAt(browser, t, "en", {}, (await recordings(t, { bytes: wav(3) })).project);
  await context.page.route("**/assets/sound-*", (route) => route.abort());
  await context.page.reload();
  await context.page.locator("audio[controls]").waitFor();
});
