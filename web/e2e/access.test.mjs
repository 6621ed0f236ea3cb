// Sign-in, first run, invitation, profile: in both languages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeFindings, beSignedIn, kPassword, openPage, overflow, said, startBrowser } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

async function clean(page) {
  assert.deepEqual(await axeFindings(page), []);
  assert.equal(await overflow(page), 0, "something sticks out sideways");
}

for (const language of ["en", "ar"]) {
  const words = said(language, "access");
  const common = said(language, "common");

  test(`${language}: the first owner is made with the terminal's token, signs out and in again`, async (t) => {
    const server = await startServer(t);
    const page = await openPage(browser, server.base, { language, width: 360 });
    await page.goto("/");
    await page.getByRole("heading", { name: words.set_up }).waitFor();
    await clean(page);
    await page.getByLabel(words.set_up_token).fill(server.token);
    await page.getByLabel(words.name).fill("Olfa");
    await page.getByLabel(words.email).fill("olfa@example.org");
    await page.getByLabel(words.password).fill(kPassword);
    await page.getByRole("button", { name: words.make_owner }).click();
    await page.getByRole("button", { name: common.account_menu }).click();
    await page.getByRole("menuitem", { name: common.sign_out }).click();
    await page.getByRole("heading", { name: words.sign_in }).waitFor();
    await page.getByLabel(words.email).fill("olfa@example.org");
    await page.getByLabel(words.password).fill("wrong password");
    await page.getByRole("button", { name: words.sign_in }).click();
    await page.getByRole("alert").waitFor();
    await clean(page);
    await page.getByLabel(words.password).fill(kPassword);
    await page.getByRole("button", { name: words.sign_in }).click();
    await page.getByRole("button", { name: common.account_menu }).waitFor();
    assert.equal(await page.getAttribute("html", "dir"), language === "ar" ? "rtl" : "ltr");
    assert.deepEqual(page.complaints, []);
  });

  test(`${language}: an invitation is accepted, and the profile can be changed`, async (t) => {
    const server = await startServer(t);
    const owner = await server.setUp(language);
    const invite = await owner.post("/invites", { email: "lina@example.org", role: "data_lead" });
    const page = await openPage(browser, server.base, { language });
    await page.goto(invite.link);
    await page.getByLabel(words.name).fill("Lina");
    await page.getByLabel(words.password).fill(kPassword);
    await clean(page);
    await page.getByRole("button", { name: words.accept }).click();
    await page.getByRole("button", { name: common.account_menu }).waitFor();
    await page.goto("/profile");
    await page.getByRole("heading", { name: words.sessions }).waitFor();
    await clean(page);
    await page.getByLabel(words.name, { exact: true }).fill("Lina Aziz");
    await page.getByRole("button", { name: words.save, exact: true }).first().click();
    await page.getByText(words.saved).waitFor();
    const lina = await server.signIn("lina@example.org");
    assert.equal((await lina.get("/profile")).name, "Lina Aziz");
    assert.deepEqual(page.complaints, []);
  });
}

test("a second factor is asked for after the password", async (t) => {
  const server = await startServer(t);
  const owner = await server.setUp();
  const page = await openPage(browser, server.base);
  await beSignedIn(page, owner);
  await page.goto("/profile");
  await page.getByRole("button", { name: "Turn on" }).click();
  const secret = await page.locator("code.secret").textContent();
  await page.getByLabel("Code of your authenticator app").fill(await totp(secret));
  await page.getByRole("button", { name: "Confirm" }).click();
  const codes = (await page.locator("pre").textContent()).split("\n");
  const other = await openPage(browser, server.base);
  await other.goto("/");
  await other.getByLabel("Email address").fill("owner@example.org");
  await other.getByLabel("Password").fill(kPassword);
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.getByRole("button", { name: "Use a recovery code instead" }).click();
  await other.getByLabel("Recovery code").fill(codes[0]);
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.getByRole("button", { name: "Your account" }).waitFor();
});

// RFC 6238 with SHA-1, 30 seconds, six digits.
async function totp(secret) {
  const bits = [...secret.replace(/[\s=]/g, "")].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const bytes = Uint8Array.from(bits.match(/.{8}/g), (byte) => Number.parseInt(byte, 2));
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(Math.floor(Date.now() / 30_000)));
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-1" }, false, ["sign"]);
  const digest = new DataView(await crypto.subtle.sign("HMAC", key, counter.buffer));
  const at = digest.getUint8(19) & 15;
  return String((digest.getUint32(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
