// One Chromium for a test file, pages built by the real program from a report, and every complaint of the browser collected.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const need = createRequire(import.meta.url);
const { chromium } = need('playwright-core');
export const axeSource = need('axe-core').source;

const kBin = process.env.MIZAN_BIN ?? fileURLToPath(new URL('../../build/dev/bin', import.meta.url));
const kChromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

export function pageOf(report) {
  const made = spawnSync(join(kBin, 'mizan_make_page'), { input: JSON.stringify(report), maxBuffer: 1 << 28 });
  if (made.status !== 0) throw new Error(`mizan_make_page failed: ${made.stderr ?? made.error}`);
  return made.stdout.toString();
}

export async function startBrowser(reports) {
  const folder = mkdtempSync(join(tmpdir(), 'mizan-report-'));
  for (const [name, report] of Object.entries(reports)) writeFileSync(join(folder, `${name}.html`), pageOf(report));
  const browser = await chromium.launch({ executablePath: kChromium, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  return {
    open: (name, choices, options) => open(browser, `file://${folder}/${name}.html`, choices, options),
    stop: async () => { await browser.close(); rmSync(folder, { recursive: true }); },
  };
}

async function open(browser, address, choices = {}, { width = 1280, colorScheme = 'light' } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, acceptDownloads: true });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (entry) => complaints.push(`${entry.type()}: ${entry.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => { if (!/^(file|blob|data):/.test(request.url())) complaints.push(`request: ${request.url()}`); });
  await page.goto(`${address}#${new URLSearchParams({ lang: 'en', theme: 'light', question: 1, ...choices })}`);
  await page.waitForSelector('#foot p');
  return { page, complaints, close: () => context.close() };
}

export async function downloaded(page, press) {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString('utf8') };
}
