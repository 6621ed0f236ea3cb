// One Chromium, pages of people who are signed in, what the browser complains of, and axe.
import { createRequire } from "node:module";
import axe from "axe-core";
import { chromium } from "playwright-core";
import { kPassword } from "./server.mjs";

export { kPassword };
const kChromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
const words = createRequire(import.meta.url);

/** The words of an area: `said("ar", "access").sign_in`. */
export const said = (language, area) => words(`../../src/messages/${language}/${area}.json`);

export async function startBrowser() {
  return chromium.launch({ executablePath: kChromium, args: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
}

/** A page in a context of its own; `complaints` holds every error of its console. */
export async function openPage(browser, base, { language = "en", theme = "light", width = 1280, height = 900, digits, hasTouch = false } = {}) {
  const context = await browser.newContext({ baseURL: base, viewport: { width, height }, colorScheme: theme, locale: language === "ar" ? "ar" : "en-GB", reducedMotion: "reduce", hasTouch });
  await context.addInitScript(
    (settings) => {
      if (!localStorage.getItem("mizan.settings")) localStorage.setItem("mizan.settings", JSON.stringify(settings));
    },
    { language, theme, ...(digits ? { digits } : {}) },
  );
  context.setDefaultTimeout(8000);
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (entry) => {
    // Before somebody signs in, and with a wrong password, the answer is 401, and a task without a draft has none:
    // Chromium calls that errors.
    const isExpected = entry.text().includes("status of 401") || entry.location().url.endsWith("/draft");
    if (entry.type() === "error" && !isExpected) page.complaints.push(entry.text());
  });
  page.on("pageerror", (error) => page.complaints.push(error.message));
  return page;
}

/** Puts the session of a Caller (server.mjs) into the page's browser. */
export async function beSignedIn(page, caller) {
  const [name, value] = caller.headers.Cookie.split("=");
  await page.context().addCookies([{ name, value, url: caller.base }]);
}

/** What axe finds against WCAG 2.2 AA, as readable lines. React Aria's announcer keeps what it said, which names elements that have gone. */
export async function axeFindings(page) {
  const isThere = await page.evaluate(() => "axe" in window);
  // Through the debugger: the page's own policy takes no script from elsewhere, and that is not to change for a test.
  if (!isThere) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run({ exclude: ["[data-live-announcer]"] }, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`));
  });
}

/** Whether anything sticks out of the window sideways. */
export async function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
