// `mizan serve` on a fresh embedded database, seeded through its own API.
//
//   const server = await startServer(t);                      // stops at the end of the test t
//   const owner = await server.setUp();                       // the first owner, signed in
//   const project = await owner.post("/projects", { name: "Pairs" });
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const kBin = process.env.MIZAN_BIN ?? path.resolve(import.meta.dirname, "../../../build/dev/bin");
export const kPassword = "correct horse battery";

/** One signed-in person (or key) who calls the API. */
export class Caller {
  constructor(base, headers) {
    this.base = base;
    this.headers = headers;
  }
  async call(method, address, body, headers = {}) {
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(`${this.base}/api/v1${address}`, {
      method,
      body: text,
      headers: { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...this.headers, ...headers },
    });
    const answer = response.status === 204 ? null : await response.json().catch(() => null);
    if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }
  get = (address) => this.call("GET", address);
  post = (address, body = {}, headers) => this.call("POST", address, body, headers);
  put = (address, body, headers) => this.call("PUT", address, body, headers);
  patch = (address, body, headers) => this.call("PATCH", address, body, headers);
  delete = (address) => this.call("DELETE", address);
}

async function callerOf(base, response) {
  const signedIn = await response.json();
  if (!response.ok) throw new Error(`signing in: ${response.status} ${JSON.stringify(signedIn)}`);
  const cookie = response.headers.getSetCookie()[0].split(";")[0];
  const caller = new Caller(base, { Cookie: cookie, "X-CSRF-Token": signedIn.csrf_token });
  caller.account = signedIn.account;
  return caller;
}

const postJson = (address, body) =>
  fetch(address, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });

/** `t`: the test that it is for, or null when the caller stops it. */
export async function startServer(t, { port = 0, args: more = [] } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "mizan-web-"));
  const args = ["serve", "--database", path.join(folder, "mizan.db"), "--listen", `127.0.0.1:${port}`, "--log-level", "warning", ...more];
  const child = spawn(path.join(kBin, "mizan"), args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  const [base, token] = await new Promise((resolve, reject) => {
    child.stdout.on("data", (piece) => {
      text += piece;
      const address = /serves (http:\S+)/.exec(text);
      const setUp = /Set-up token\s+(\S+)/.exec(text);
      if (address && setUp) resolve([address[1], setUp[1]]);
    });
    child.on("exit", (code) => reject(new Error(`mizan serve ended with ${code}: ${text}`)));
  });
  const stop = async () => {
    if (child.exitCode === null) {
      const ended = new Promise((resolve) => child.on("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  t?.after(stop);
  return {
    base,
    token,
    stop,
    /** The first owner. */
    async setUp(language = "en") {
      const body = { token, email: "owner@example.org", name: "Olfa Haddad", password: kPassword, language };
      return callerOf(base, await postJson(`${base}/api/v1/setup`, body));
    },
    async signIn(email, password = kPassword) {
      return callerOf(base, await postJson(`${base}/api/v1/sessions`, { email, password }));
    },
    /** Invites somebody and accepts for them: `{ email, name, role, project_id?, supplier_id?, language? }`. */
    async person(owner, { email, name, language = "en", ...membership }) {
      const invite = await owner.post("/invites", { email, ...membership });
      const body = { token: invite.token, name, password: kPassword, language };
      return callerOf(base, await postJson(`${base}/api/v1/invites:accept`, body));
    },
  };
}
