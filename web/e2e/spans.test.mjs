// Spans of a text: by mouse, finger and keys, in Latin and Arabic text.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeFindings, overflow, said, startBrowser } from "./support/browser.mjs";
import { drag, swipe, taskAt } from "./support/hands.mjs";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

const kTexts = {
  en: "Take 250 mg of amoxicillin twice a day, and call 👩‍⚕️ Dr. Haddad.",
  ar: "خُذْ ٢٥٠ ملغ من الأموكسيسيلينِ مرّتينِ في اليوم، واتصل بالدكتورة 👩‍⚕️ حدّاد (Dr. Haddad).",
};
const kSpanTemplate = (overlap) => ({ title: "Mark", questions: [{ name: "marks", type: "spans", path: "/text", overlap, labels: [{ value: "dose", shortcut: "d" }, { value: "medicine", shortcut: "m" }] }] });
const spanTask = (language, overlap = true) => ({ template: kSpanTemplate(overlap), payloads: [{ text: kTexts[language] }] });
const kMedicine = { en: "amoxicillin", ar: "الأموكسيسيلينِ" };
const marks = (page) => page.locator(".mark bdi").allTextContents();

/** Where a part of the text stands: the points at its first and after its last letter, in reading order. */
const endsOf = (page, part) =>
  page.evaluate((wanted) => {
    const box = document.querySelector(".span-text");
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(wanted);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      const { left, right, top, height } = range.getBoundingClientRect();
      const sides = /[\u0600-\u06ff]/.test(wanted) ? [right - 1, left + 1] : [left + 1, right - 1];
      return sides.map((x) => [x, top + height / 2]);
    }
    throw new Error(`no ${wanted}`);
  }, part);

for (const language of ["en", "ar"]) {
  for (const width of [1280, 360]) {
    test(`${language}, ${width} px: a span is marked with the mouse, and its ends are pulled`, async (t) => {
      const { page, owner, project_id } = await taskAt(browser, t, language, { width }, spanTask(language));
      const medicine = kMedicine[language];
      await page.keyboard.press("m");
      const ends = await endsOf(page, medicine);
      await drag(page, ends[0], ends[1]);
      assert.deepEqual(await marks(page), [medicine]);
      assert.deepEqual(await axeFindings(page), []);
      assert.equal(await overflow(page), 0);
      // Its end to the end of the next word, its start into the word; then both steps back and one on.
      const pullTo = async (end, to) => {
        const knob = await page.locator(`.span-handle[data-end="${end}"]`).boundingBox();
        await drag(page, [knob.x + 12, knob.y + knob.height - 5], to);
      };
      const next = { en: "twice", ar: "مرّتينِ" }[language];
      await pullTo("end", (await endsOf(page, next))[1]);
      assert.deepEqual(await marks(page), [`${medicine} ${next}`]);
      await pullTo("start", (await endsOf(page, medicine.slice(2)))[0]);
      assert.deepEqual(await marks(page), [`${medicine.slice(2)} ${next}`]);
      await page.keyboard.press("Control+z");
      assert.deepEqual(await marks(page), [`${medicine} ${next}`]);
      // One mark in another; a press finds the shorter one, one more the longer.
      await page.keyboard.press("d");
      const inner = await endsOf(page, next);
      await drag(page, inner[0], inner[1]);
      assert.deepEqual(await marks(page), [`${medicine} ${next}`, next]);
      const chosen = () => page.locator('.mark[aria-pressed="true"] bdi').allTextContents();
      assert.deepEqual(await chosen(), [next]);
      const middle = [(inner[0][0] + inner[1][0]) / 2, inner[0][1]];
      await page.mouse.click(...middle);
      assert.deepEqual(await chosen(), [`${medicine} ${next}`]);
      await page.mouse.click(...middle);
      assert.deepEqual(await chosen(), [next]);
      await page.keyboard.press("Control+Enter");
      await page.getByText(said(language, "workbench").all_sent).waitFor();
      const { data } = await owner.get(`/projects/${project_id}/annotations`);
      const points = Array.from(kTexts[language]);
      assert.deepEqual(data[0].answers.marks.map(({ start, end, label }) => [points.slice(start, end).join(""), label]), [[`${medicine} ${next}`, "medicine"], [next, "dose"]]);
      await page.goto(`/workbench/${project_id}/history`);
      await page.getByRole("button", { name: said(language, "workbench").look }).click();
      await page.locator(".mark").first().waitFor();
      assert.deepEqual(await marks(page), [`${medicine} ${next}`, next]);
      assert.equal(await page.locator(".span-handle, .mark-tools, button.mark").count(), 0, "nothing to change where it is only looked at");
      assert.deepEqual(page.complaints, []);
    });
  }

  test(`${language}: a span is marked, moved at its ends, labelled and removed by keys alone`, async (t) => {
    const { page } = await taskAt(browser, t, language, { width: 1280 }, spanTask(language, false));
    const forth = language === "ar" ? "ArrowLeft" : "ArrowRight";
    const back = language === "ar" ? "ArrowRight" : "ArrowLeft";
    const words = { en: ["Take", "250", "mg", "of", "amoxicillin"], ar: ["خُذْ", "٢٥٠", "ملغ", "من", "الأموكسيسيلينِ"] }[language];
    await page.locator(".span-text").focus();
    await page.keyboard.press(forth);
    await page.keyboard.press(forth);
    await page.keyboard.press("Enter");
    assert.deepEqual(await marks(page), [words[1]]);
    await page.locator('.span-handle[data-end="end"]').focus();
    await page.keyboard.press(`Shift+${forth}`);
    assert.deepEqual(await marks(page), [`${words[1]} ${words[2]}`]);
    await page.keyboard.press(back);
    assert.deepEqual(await marks(page), [`${words[1]} ${words[2].slice(0, -1)}`]);
    await page.keyboard.press(forth);
    await page.keyboard.press("Shift+Tab");
    assert.equal(await page.evaluate(() => document.activeElement.dataset.end), "start");
    await page.keyboard.press(back);
    await page.keyboard.press(back);
    assert.deepEqual(await marks(page), [`${language === "ar" ? "ذْ" : "e"} ${words[1]} ${words[2]}`], "a letter goes with the marks on it");
    await page.keyboard.press("Control+z");
    assert.deepEqual(await marks(page), [`${words[1]} ${words[2]}`]);
    await page.locator(".mark").focus();
    await page.keyboard.press("m");
    assert.equal(await page.locator(".mark .muted").textContent(), "medicine");
    await page.keyboard.press(`Shift+${forth}`);
    assert.deepEqual(await marks(page), [words.slice(1, 4).join(" ")]);
    // Spans may not overlap here: an end stops before another span.
    await page.locator(".span-text").focus();
    await page.keyboard.press(forth);
    await page.keyboard.press("Enter");
    assert.equal((await marks(page)).length, 2);
    await page.locator(".mark").first().focus();
    await page.keyboard.press(`Shift+${forth}`);
    await page.getByText(said(language, "task").span_overlaps).waitFor();
    assert.equal((await marks(page))[0], words[0]);
    await page.keyboard.press("Delete");
    assert.equal((await marks(page)).length, 1);
    assert.deepEqual(await axeFindings(page), []);
  });

  test(`${language}: a finger selects, then marks; and pulls an end`, async (t) => {
    const { page } = await taskAt(browser, t, language, { width: 390, hasTouch: true }, spanTask(language));
    const medicine = kMedicine[language];
    // What a long press does on a device: the text is selected and the finger goes up elsewhere.
    await page.evaluate((part) => {
      const box = document.querySelector(".span-text");
      box.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, pointerType: "touch" }));
      box.dispatchEvent(new PointerEvent("pointercancel", { bubbles: true, pointerType: "touch" }));
      const node = box.querySelector("[data-start]").firstChild;
      const at = node.data.indexOf(part);
      getSelection().setBaseAndExtent(node, at, node, at + 4);
      getSelection().setBaseAndExtent(node, at, node, at + part.length);
    }, medicine);
    assert.deepEqual(await marks(page), [], "nothing is marked while the ends are still being moved");
    await page.getByRole("button", { name: said(language, "task").mark_as.replace("{{title}}", "dose") }).tap();
    assert.deepEqual(await marks(page), [medicine]);
    const knob = await page.locator('.span-handle[data-end="start"]').boundingBox();
    await swipe(page, [knob.x + 12, knob.y + knob.height - 5], (await endsOf(page, medicine.slice(3)))[0]);
    assert.deepEqual(await marks(page), [medicine.slice(3)]);
    assert.equal(await overflow(page), 0);
  });
}
