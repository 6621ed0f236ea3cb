// Boxes on a picture: by mouse, finger and keys, in both languages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeFindings, overflow, said, startBrowser } from "./support/browser.mjs";
import { drag, middleOf, swipe, taskAt } from "./support/hands.mjs";
import { exampleTemplate, kPayloads } from "./support/worlds.mjs";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

/** The boxes on the page, in thousandths of the picture. */
const boxesOn = (page) =>
  page.evaluate(() => {
    const frame = document.querySelector(".box-picture").getBoundingClientRect();
    return [...document.querySelectorAll("button.box")].map((each) => {
      const at = each.getBoundingClientRect();
      const share = (value, size) => Math.round((value / size) * 1000);
      return [share(at.left - frame.left, frame.width), share(at.top - frame.top, frame.height), share(at.width, frame.width), share(at.height, frame.height)];
    });
  });
const near = (found, wanted, what) => assert.ok(found.length === wanted.length && found.every((value, at) => Math.abs(value - wanted[at]) <= 4), `${what}: ${found} is not ${wanted}`);

const kBoxes = { template: exampleTemplate("boxes"), payloads: [kPayloads.boxes] };
const grip = (page, name) => page.locator(`[data-grip="${name}"]`);

for (const language of ["en", "ar"]) {
  for (const width of [1280, 360]) {
    test(`${language}, ${width} px: a box is drawn, moved and pulled at corners and sides with the mouse`, async (t) => {
      const { page } = await taskAt(browser, t, language, { width }, kBoxes);
      const picture = page.locator(".box-picture");
      await picture.scrollIntoViewIfNeeded();
      await picture.evaluate((each) => each.scrollIntoView({ block: "center" }));
      const frame = await picture.boundingBox();
      const at = (x, y) => [frame.x + (x / 1000) * frame.width, frame.y + (y / 1000) * frame.height];
      const pullBy = async (locator, x, y) => {
        const from = await middleOf(locator);
        await drag(page, from, [from[0] + (x / 1000) * frame.width, from[1] + (y / 1000) * frame.height]);
      };
      await drag(page, at(200, 200), at(600, 600));
      near((await boxesOn(page))[0], [200, 200, 400, 400], "drawn");
      await pullBy(grip(page, "1,1"), 100, 150);
      near((await boxesOn(page))[0], [200, 200, 500, 550], "pulled at its lower right corner");
      await pullBy(grip(page, "0,0"), -100, 50);
      near((await boxesOn(page))[0], [100, 250, 600, 500], "pulled at its upper left corner");
      await pullBy(grip(page, "1,0.5"), -200, 0);
      near((await boxesOn(page))[0], [100, 250, 400, 500], "pulled at its right side");
      await pullBy(grip(page, "0.5,0"), 0, 150);
      near((await boxesOn(page))[0], [100, 400, 400, 350], "pulled at its upper side");
      await pullBy(page.locator("button.box"), 150, 100);
      near((await boxesOn(page))[0], [250, 500, 400, 350], "moved");
      await pullBy(page.locator("button.box"), 900, 900);
      near((await boxesOn(page))[0], [600, 650, 400, 350], "moved as far as the picture goes");
      await page.keyboard.press("Control+z");
      await page.keyboard.press("Control+z");
      near((await boxesOn(page))[0], [100, 400, 400, 350], "two steps back");
      await page.keyboard.press("Control+Shift+z");
      near((await boxesOn(page))[0], [250, 500, 400, 350], "one step on again");
      // A press beside it lets it go; then a box may be drawn on it.
      await page.mouse.click(...at(900, 100));
      assert.equal(await grip(page, "1,1").count(), 0, "it is still chosen");
      await drag(page, at(300, 550), at(450, 700));
      near((await boxesOn(page))[1], [300, 550, 150, 150], "drawn inside the other");
      assert.deepEqual(await axeFindings(page), []);
      assert.equal(await overflow(page), 0);
    });
  }

  test(`${language}: a box is made, moved, resized, labelled and removed by keys alone`, async (t) => {
    const { page, owner, project_id } = await taskAt(browser, t, language, { width: 1280 }, kBoxes);
    const words = said(language, "task");
    const add = page.getByRole("button", { name: words.add_box });
    await add.focus();
    await page.keyboard.press("Enter");
    await page.locator("button.box:focus").waitFor();
    near((await boxesOn(page))[0], [400, 400, 200, 200], "added");
    assert.match(await page.locator("button.box").getAttribute("aria-label"), /cat/);
    for (const key of ["ArrowRight", "ArrowRight", "ArrowUp"]) await page.keyboard.press(key);
    near((await boxesOn(page))[0], [420, 390, 200, 200], "an arrow to the right goes right");
    await page.keyboard.press("Shift+ArrowRight");
    for (let step = 0; step < 5; step++) await page.keyboard.press("Control+Shift+ArrowDown");
    near((await boxesOn(page))[0], [420, 390, 210, 205], "resized");
    await page.keyboard.press("d");
    assert.match(await page.locator("button.box").getAttribute("aria-label"), /dog/);
    assert.equal(await page.locator(".label-chip").first().getAttribute("aria-pressed"), "true", "the label in hand is another matter");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), words.corner_top_left.replace("{{number, number}}", language === "ar" ? "١" : "1"));
    for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowLeft");
    near((await boxesOn(page))[0], [390, 390, 240, 205], "its upper left corner moved");
    await page.keyboard.press("Control+z");
    near((await boxesOn(page))[0], [420, 390, 210, 205], "three steps of one held arrow are one step back");
    await add.focus();
    await page.keyboard.press("Enter");
    await page.locator("button.box:focus").nth(0).waitFor();
    assert.equal(await page.locator("button.box").count(), 2);
    await page.keyboard.press("Delete");
    assert.equal(await page.locator("button.box").count(), 1);
    await page.locator("button.box:focus").waitFor();
    await page.locator('[data-question="count"] input').fill("1");
    await page.keyboard.press("Control+Enter");
    await page.getByText(said(language, "workbench").all_sent).waitFor();
    const { data } = await owner.get(`/projects/${project_id}/annotations`);
    assert.equal(data[0].answers.animals[0].label, "dog");
    const { x, y, width, height } = data[0].answers.animals[0];
    await page.goto(`/workbench/${project_id}/history`);
    await page.getByRole("button", { name: said(language, "workbench").look }).click();
    await page.locator("button.box").waitFor();
    await page.locator(".box-picture img").evaluate((image) => image.decode());
    near((await boxesOn(page))[0], [x, y, width, height].map((share) => Math.round(share * 1000)), "looked at afterwards");
    await page.locator("button.box").click();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Delete");
    near((await boxesOn(page))[0], [x, y, width, height].map((share) => Math.round(share * 1000)), "changed where it is only looked at");
    assert.equal(await page.locator(".box-handle, .mark-tools").count(), 0);
    assert.deepEqual(page.complaints.filter((text) => !text.includes("sandboxed") && !text.includes("Content Security Policy")), []);
  });

  test(`${language}: a finger draws and pulls a box`, async (t) => {
    const { page } = await taskAt(browser, t, language, { width: 390, hasTouch: true }, kBoxes);
    const picture = page.locator(".box-picture");
    await picture.evaluate((each) => each.scrollIntoView({ block: "center" }));
    const frame = await picture.boundingBox();
    const at = (x, y) => [frame.x + (x / 1000) * frame.width, frame.y + (y / 1000) * frame.height];
    await swipe(page, at(200, 200), at(500, 500));
    near((await boxesOn(page))[0], [200, 200, 300, 300], "drawn");
    const corner = await middleOf(grip(page, "1,1"));
    await swipe(page, corner, [corner[0] + 0.2 * frame.width, corner[1] + 0.1 * frame.height]);
    near((await boxesOn(page))[0], [200, 200, 500, 400], "pulled");
    await page.touchscreen.tap(...at(900, 900));
    assert.equal(await grip(page, "1,1").count(), 0, "a tap beside it lets it go");
    await page.touchscreen.tap(...at(400, 400));
    await grip(page, "1,1").waitFor();
    assert.equal(await page.locator("button.box").count(), 1);
  });
}
