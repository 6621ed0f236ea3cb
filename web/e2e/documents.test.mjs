// PDF documents of tasks: their pages, and what is not shown.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeFindings, overflow, said, startBrowser } from "./support/browser.mjs";
import { fileServer, pdf } from "./support/files.mjs";
import { taskAt } from "./support/hands.mjs";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

const projectOf = (address) => ({ template: { display: [{ type: "pdf", path: "/file" }], questions: [{ name: "ok", type: "choice", options: [{ value: "yes" }, { value: "no" }] }] }, payloads: [{ file: address }] });
const kPages = ["Invoice 42 of March", "What was delivered", "Signatures"];
const paper = { bytes: pdf(kPages), name: "invoice.pdf", type: "application/pdf" };

/** The share of dark pixels on the page. */
const inkOn = (page) =>
  page.evaluate(() => {
    const canvas = document.querySelector(".document-page canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 200 && data[at] < 80) dark += 1;
    return dark / (data.length / 4);
  });

for (const language of ["en", "ar"]) {
  test(`${language}: a document is shown page by page, larger and smaller, and read out`, async (t) => {
    const { page } = await taskAt(browser, t, language, { width: language === "ar" ? 360 : 1280 }, projectOf((await fileServer(t, paper)).address));
    const words = said(language, "task");
    const sheet = page.locator(".document-page");
    await sheet.getByText(kPages[0]).waitFor({ state: "attached" });
    const ink = await inkOn(page);
    assert.ok(ink > 0.08 && ink < 0.2, `the bar is a tenth of the page, and its words little: ${ink}`);
    const width = () => page.locator(".document-page canvas").evaluate((canvas) => canvas.getBoundingClientRect().width);
    const fits = await width();
    assert.ok(Math.abs(fits - (await sheet.evaluate((each) => each.clientWidth))) <= 2, "as wide as there is room");
    assert.deepEqual(await axeFindings(page), []);
    await page.getByRole("button", { name: words.page_after }).click();
    await sheet.getByText(kPages[1]).waitFor({ state: "attached" });
    await sheet.focus();
    await page.keyboard.press("PageDown");
    await sheet.getByText(kPages[2]).waitFor({ state: "attached" });
    assert.ok(await page.getByRole("button", { name: words.page_after }).isDisabled());
    await page.keyboard.press("+");
    await page.waitForFunction((before) => document.querySelector(".document-page canvas").getBoundingClientRect().width > before * 1.4, fits);
    assert.equal(await overflow(page), 0);
    await page.keyboard.press("Home");
    await sheet.getByText(kPages[0]).waitFor({ state: "attached" });
    // Scanned pages are decoded by WebAssembly: the worker's policy takes it, the page's does not.
    const compile = () => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => true, () => false);
    assert.equal(await page.workers()[0].evaluate(compile), true);
    assert.deepEqual(page.complaints, []);
  });
}

test("a document that others may not read, or that is none, is a link", async (t) => {
  for (const each of [{ ...paper, isOpen: false }, { ...paper, bytes: Buffer.from("no paper at all") }]) {
    const files = await fileServer(t, each);
    const { page } = await taskAt(browser, t, "en", {}, projectOf(files.address));
    await page.getByText(said("en", "task").document_fails).waitFor();
    assert.equal(await page.getByRole("link", { name: said("en", "task").open_document }).getAttribute("href"), files.address);
    assert.deepEqual(await axeFindings(page), []);
  }
});
