import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { offline, problemOf } from "../api/problem";
import { Desk } from "./desk";
import { openDeskStore, type Assignment, type DeskStore } from "./desk_store";
import { flush } from "./outbox";
import type { Remote } from "./remote";

const kTemplate = { questions: [{ name: "ok", type: "choice" as const, options: [{ value: "yes" }, { value: "no" }] }] };

// A server in memory: takes every assignment once, remembers how often it was told.
class FakeServer implements Remote {
  isAway = false;
  tasks = 40;
  given = 0;
  leased = new Map<string, Assignment>();
  annotations = new Map<string, unknown>();
  submissions = 0;
  skipped: string[] = [];
  refuses: string | null = null;
  /** What it answers to somebody whose session has ended. */
  ended: { status: number; code: string } | null = null;
  /** The answer is lost on its way back, after the server has taken it. */
  losesAnswers = 0;

  private reach() {
    if (this.isAway) throw offline();
  }
  private make(project_id: string): Assignment {
    const assignment_id = `asg_${String(++this.given)}`;
    const made: Assignment = { assignment_id, project_id, state: "live", template_version: 1, leased_at: "", expires_at: "", payload: {} };
    this.leased.set(assignment_id, made);
    return made;
  }
  async submit(waiting: { assignment_id: string; project_id: string; answers: unknown }, wantsNext: boolean) {
    this.reach();
    this.submissions++;
    if (this.ended) throw problemOf(new Response(null, { status: this.ended.status }), { code: this.ended.code });
    if (this.refuses) throw problemOf(new Response(null, { status: 422 }), { code: "bad_answer", detail: this.refuses });
    const { assignment_id, project_id } = waiting;
    if (!this.annotations.has(assignment_id)) this.annotations.set(assignment_id, waiting.answers);
    this.leased.delete(assignment_id);
    const next = wantsNext && this.leased.size === 0 && this.given < this.tasks ? this.make(project_id) : null;
    if (this.losesAnswers-- > 0) throw offline();
    return { annotation_id: `ann_${assignment_id}`, assignment_id, project_id, submitted_at: "", lesson: null, next };
  }
  async skip({ assignment_id }: { assignment_id: string }) {
    this.reach();
    this.skipped.push(assignment_id);
    this.leased.delete(assignment_id);
  }
  async lease(projectId: string, count: number) {
    this.reach();
    const assignments = Array.from({ length: Math.min(count, this.tasks - this.given) }, () => this.make(projectId));
    return { assignments, refused: null };
  }
  async live() {
    this.reach();
    return [...this.leased.values()];
  }
  async heartbeat() {
    this.reach();
    return "";
  }
  async release(id: string) {
    this.reach();
    this.leased.delete(id);
  }
  async saveDraft() {
    this.reach();
  }
  async readDraft() {
    return null;
  }
  async project(project_id: string) {
    this.reach();
    return { project_id, name: "P", instructions: "" };
  }
  async template() {
    this.reach();
    return kTemplate;
  }
}

let store: DeskStore;
let server: FakeServer;
let accounts = 0;

beforeEach(async () => {
  store = await openDeskStore(`acc_${String(++accounts)}`);
  server = new FakeServer();
});

async function opened(): Promise<Desk> {
  const desk = new Desk(store, server, "prj_1");
  await desk.open();
  return desk;
}

describe("the desk", () => {
  it("has the next task in hand while one is worked on", async () => {
    const desk = await opened();
    expect(desk.snapshot().held).toHaveLength(2);
    const second = desk.snapshot().held[1];
    await desk.submit({ ok: "yes" }, 1000);
    expect(desk.snapshot().held[0]).toBe(second);
    await desk.idle();
    expect(desk.snapshot()).toMatchObject({ waiting: [], answered: 1 });
    expect(desk.snapshot().held).toHaveLength(2);
    desk.close();
  });

  it("keeps ten answers while the network is away and sends each once", async () => {
    const desk = await opened();
    await desk.takeAlong(11);
    server.isAway = true;
    for (let task = 0; task < 10; task++) await desk.submit({ ok: "yes" }, 1000);
    await desk.idle();
    expect(desk.snapshot().waiting).toHaveLength(10);
    expect(desk.snapshot().isAway).toBe(true);
    expect(server.annotations.size).toBe(0);
    server.isAway = false;
    desk.wake();
    await desk.idle();
    expect(server.annotations.size).toBe(10);
    expect(server.submissions).toBe(10);
    expect(desk.snapshot()).toMatchObject({ waiting: [], isAway: false });
    desk.close();
  });

  it("loses nothing when the page is closed, and an answer whose receipt got lost counts once", async () => {
    const first = await opened();
    server.losesAnswers = 1;
    await first.submit({ ok: "no" }, 500);
    await first.idle();
    expect(server.annotations.size).toBe(1);
    first.close();
    const second = await opened();
    await second.idle();
    expect(server.submissions).toBe(2);
    expect(server.annotations.size).toBe(1);
    expect(second.snapshot().waiting).toEqual([]);
    second.close();
  });

  it("opens a refused answer again as it was", async () => {
    const desk = await opened();
    server.refuses = "'ok' is no option";
    await desk.submit({ ok: "maybe" }, 500);
    await desk.idle();
    const refused = desk.snapshot().waiting[0];
    expect(refused?.refused).toBe("'ok' is no option");
    if (refused) await desk.mend(refused);
    expect(desk.snapshot()).toMatchObject({ draft: { ok: "maybe" }, waiting: [] });
    desk.close();
  });

  it("keeps drafts of a task through a closed page", async () => {
    const first = await opened();
    first.saveDraft({ ok: "no" });
    await vi.waitFor(async () => expect(await store.count("drafts")).toBe(1));
    first.close();
    const second = await opened();
    expect(second.snapshot().draft).toEqual({ ok: "no" });
    second.close();
  });

  it("drops what the server gave to somebody else meanwhile", async () => {
    const first = await opened();
    const [gone] = first.snapshot().held;
    first.close();
    server.leased.delete(gone?.assignment_id ?? "");
    const second = await opened();
    expect(second.snapshot().held.map((each) => each.assignment_id)).not.toContain(gone?.assignment_id);
    second.close();
  });

  it("says so when there is no more work", async () => {
    server.tasks = 1;
    const desk = await opened();
    await desk.skip("unclear", 10);
    await desk.idle();
    expect(server.skipped).toEqual(["asg_1"]);
    expect(desk.snapshot()).toMatchObject({ held: [], isOut: true });
    desk.close();
  });
});

describe("the outbox of somebody whose session has ended", () => {
  it.each([
    { status: 401, code: "not_signed_in" },
    { status: 403, code: "csrf_token_wrong" },
  ])("keeps the answer to be sent after signing in: $code", async (ended) => {
    server.ended = ended;
    const waiting = { assignment_id: "asg_1", project_id: "prj_1", kind: "submit", answers: { ok: "yes" }, number: 1, refused: null };
    await store.put("outbox", waiting as never);
    const outcome = await flush(store, server, () => false);
    expect(outcome.isSignedOut).toBe(true);
    expect(outcome.refused).toEqual([]);
    expect(await store.getAll("outbox")).toEqual([waiting]);
    server.ended = null;
    expect((await flush(store, server, () => false)).sent).toHaveLength(1);
  });
});
