// Pictures of every screen: node tools/screenshots.mjs [--out FOLDER] [--only NAME]… [--fast]
//   English and Arabic, light and dark, 360 and 1440 pixels wide. --fast: English light and Arabic dark only, 1440.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { beSignedIn, openPage, overflow, startBrowser } from "../e2e/support/browser.mjs";
import { startServer } from "../e2e/support/server.mjs";
import { screens } from "./screens.mjs";
import { makeShowcase } from "./showcase.mjs";

const options = { out: path.resolve("../out/screenshots"), only: [], fast: false };
for (let at = 2; at < process.argv.length; at++) {
  const argument = process.argv[at];
  if (argument === "--out") options.out = path.resolve(process.argv[++at]);
  else if (argument === "--only") options.only.push(process.argv[++at]);
  else if (argument === "--fast") options.fast = true;
  else throw new Error(`unknown option ${argument}`);
}
mkdirSync(options.out, { recursive: true });

const kLooks = options.fast
  ? [
      { language: "en", theme: "light", width: 1440 },
      { language: "ar", theme: "dark", width: 1440 },
    ]
  : ["en", "ar"].flatMap((language) => ["light", "dark"].flatMap((theme) => [360, 1440].map((width) => ({ language, theme, width }))));

async function shoot(browser, server, world, screen, look) {
  const page = await openPage(browser, server.base, { ...look, height: 900 });
  if (screen.as) {
    await beSignedIn(page, world.people[screen.as]);
    // The profile has a language and a theme of its own, which win: here the look does.
    await page.route("**/api/v1/profile", async (route) => {
      if (route.request().method() !== "GET") return route.continue();
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), language: look.language, settings: {} } });
    });
  }
  await page.goto(screen.path(world));
  await page.waitForLoadState("networkidle").catch(() => undefined);
  await page.locator("h1").first().waitFor();
  if (screen.before && screen.as === "annotator") await page.locator(".task").waitFor();
  await screen.before?.(page);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(250);
  const file = path.join(options.out, `${screen.name}-${look.language}-${look.theme}-${look.width}.png`);
  await page.screenshot({ path: file, fullPage: !screen.before });
  const sticksOut = await overflow(page);
  const complaints = page.complaints.filter((text) => !text.includes("sandboxed"));
  if (sticksOut || complaints.length) console.log(`${path.basename(file)}: overflow ${sticksOut}`, complaints);
  await page.context().close();
}

const fresh = await startServer(null);
const server = await startServer(null);
const browser = await startBrowser();
try {
  const world = await makeShowcase(server);
  let count = 0;
  for (const screen of screens.filter(({ name }) => !options.only.length || options.only.includes(name)))
    for (const look of kLooks) {
      try {
        await shoot(browser, screen.isFresh ? fresh : server, world, screen, look);
        count++;
      } catch (error) {
        console.log(`${screen.name} ${look.language} ${look.theme} ${look.width}: ${error.message.split("\n")[0]}`);
        process.exitCode = 1;
      }
    }
  console.log(`${count} pictures in ${options.out}`);
} finally {
  await browser.close();
  await Promise.all([server.stop(), fresh.stop()]);
}
