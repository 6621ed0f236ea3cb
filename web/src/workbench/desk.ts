// The desk of one annotator in one project: assignments in hand, the one that is worked on, and what is to be sent.
// The page shows a snapshot of it; the server hears of everything in the background.
import type { Schemas } from "../api/client";
import { ApiProblem } from "../api/problem";
import type { Answers, Template } from "../task/template";
import { moveToOutbox, takeBack, type Assignment, type DeskStore, type KnownProject, type Waiting } from "./desk_store";
import { flush } from "./outbox";
import type { Refusal, Remote } from "./remote";

export interface DeskState {
  phase: "opening" | "ready" | "failed";
  error: unknown;
  project: KnownProject | null;
  /** In hand, the one worked on first. */
  held: readonly Assignment[];
  template: Template | null;
  draft: Answers;
  waiting: readonly Waiting[];
  isAway: boolean;
  isSignedOut: boolean;
  /** Asked for more work and got none; why, if the server said. */
  isOut: boolean;
  refusal: Refusal | null;
  lesson: { lesson: Schemas["Lesson"]; template: Template; answers: Answers } | null;
  answered: number;
  skipped: number;
  workedMs: number;
}

const kAhead = 1;
const kHeartbeatMs = 60_000;
const kRetryMs = [1000, 2000, 4000, 8000, 15_000, 30_000];

export class Desk {
  private state: DeskState = {
    phase: "opening", error: null, project: null, held: [], template: null, draft: {}, waiting: [], isAway: false, isSignedOut: false,
    isOut: false, refusal: null, lesson: null, answered: 0, skipped: 0, workedMs: 0,
  };
  private readonly listeners = new Set<() => void>();
  private readonly templates = new Map<number, Template>();
  private readonly drafts = new Map<string, Answers>();
  private timers: ReturnType<typeof setTimeout>[] = [];
  private busy: Promise<void> = Promise.resolve();
  private ahead = kAhead;
  private failures = 0;
  private lastNumber = 0;
  private isClosed = false;

  constructor(
    private readonly store: DeskStore,
    private readonly remote: Remote,
    private readonly projectId: string,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  snapshot = (): DeskState => this.state;

  /** Finds what is in hand, here and at the server; from then on it is kept alive. */
  async open(): Promise<void> {
    globalThis.addEventListener?.("online", this.wake);
    try {
      await this.readStore();
      await this.agree();
      if (this.state.held.length || this.state.isAway) await this.show({ phase: "ready" });
      await this.fill();
      await this.show({ phase: "ready" });
      this.every(kHeartbeatMs, () => void this.heartbeat());
      this.send();
    } catch (error) {
      this.set({ phase: "failed", error });
    }
  }

  close(): void {
    this.isClosed = true;
    globalThis.removeEventListener?.("online", this.wake);
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** Answers the task in hand; the next one is there at once when one is in hand. */
  async submit(answers: Answers, workedMs: number): Promise<void> {
    this.set({ answered: this.state.answered + 1, workedMs: this.state.workedMs + workedMs });
    await this.hand({ kind: "submit", answers, reason: "", duration_us: Math.round(workedMs * 1000) });
  }

  async skip(reason: string, workedMs: number): Promise<void> {
    this.set({ skipped: this.state.skipped + 1 });
    await this.hand({ kind: "skip", answers: {}, reason, duration_us: Math.round(workedMs * 1000) });
  }

  /** Keeps unfinished answers here at once; the server gets them a little later. */
  saveDraft(answers: Answers): void {
    const current = this.state.held[0];
    if (!current) return;
    const { assignment_id } = current;
    this.drafts.set(assignment_id, answers);
    void this.store.put("drafts", { assignment_id, answers });
    clearTimeout(this.draftTimer);
    this.draftTimer = setTimeout(() => {
      if (this.state.held[0]?.assignment_id === assignment_id) void this.remote.saveDraft(assignment_id, answers).catch(() => undefined);
    }, 2000);
  }
  private draftTimer: ReturnType<typeof setTimeout> | undefined;

  /** Takes that many tasks into hand, to work on without a network. */
  async takeAlong(count: number): Promise<void> {
    this.ahead = Math.max(kAhead, count - 1);
    await this.fill();
    this.ahead = kAhead;
    await this.show({});
  }

  /** Gives back what is in hand and not answered. */
  async finish(): Promise<void> {
    const held = this.state.held;
    await Promise.all(held.map((each) => this.store.delete("held", each.assignment_id)));
    this.set({ held: [] });
    await Promise.all(held.map((each) => this.remote.release(each.assignment_id).catch(() => undefined)));
  }

  closeLesson = (): void => this.set({ lesson: null });

  /** Opens a refused answer again. */
  async mend(waiting: Waiting): Promise<void> {
    await takeBack(this.store, waiting);
    this.drafts.set(waiting.assignment_id, waiting.answers);
    await this.show({ held: [waiting.assignment, ...this.state.held], waiting: this.without(waiting) });
  }

  async forget(waiting: Waiting): Promise<void> {
    await this.store.delete("outbox", waiting.assignment_id);
    this.set({ waiting: this.without(waiting) });
  }

  /** Tries to send now, whatever the timers say. */
  wake = (): void => {
    this.failures = 0;
    this.send();
  };

  /** Resolves when nothing is being sent. */
  idle = (): Promise<void> => this.busy;

  private without = (waiting: Waiting) => this.state.waiting.filter((each) => each.assignment_id !== waiting.assignment_id);

  private set(change: Partial<DeskState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  // Puts the template and the draft of the task in hand on the desk, together with the change.
  private async show(change: Partial<DeskState>): Promise<void> {
    const held = change.held ?? this.state.held;
    const current = held[0];
    if (!current) return this.set({ ...change, template: null, draft: {} });
    const known = this.templates.get(current.template_version);
    const template = known ?? (await this.findTemplate(current.template_version));
    this.set({ ...change, template, draft: this.drafts.get(current.assignment_id) ?? {} });
  }

  private async hand(answer: Pick<Waiting, "kind" | "answers" | "reason" | "duration_us">): Promise<void> {
    const [current, ...rest] = this.state.held;
    if (!current) return;
    const { assignment_id, project_id } = current;
    const waiting: Waiting = { ...answer, assignment_id, project_id, number: ++this.lastNumber, refused: null, assignment: current };
    this.drafts.delete(assignment_id);
    clearTimeout(this.draftTimer);
    const kept = moveToOutbox(this.store, waiting);
    const painted = this.show({ held: rest, waiting: [...this.state.waiting, waiting] });
    await Promise.all([kept, painted]);
    this.send();
  }

  // One flush at a time, also across the tabs of this browser.
  private send(): void {
    this.busy = this.busy.then(() => withLock(() => this.flushOnce())).catch((error: unknown) => this.set({ error }));
  }

  private async flushOnce(): Promise<void> {
    if (this.isClosed) return;
    const outcome = await flush(this.store, this.remote, () => this.state.held.length <= this.ahead);
    for (const { waiting, result } of outcome.sent) {
      this.set({ waiting: this.without(waiting) });
      if (result?.lesson) await this.teach(waiting, result.lesson);
      if (result?.next) await this.hold([result.next]);
    }
    const refused = new Map(outcome.refused.map((each) => [each.assignment_id, each]));
    const waiting = this.state.waiting.map((each) => refused.get(each.assignment_id) ?? each);
    this.set({ waiting, isAway: outcome.isAway, isSignedOut: outcome.isSignedOut });
    if (outcome.isAway) return this.retryLater();
    this.failures = 0;
    await this.fill();
    await this.show({});
  }

  private async teach(waiting: Waiting, lesson: Schemas["Lesson"]): Promise<void> {
    const template = await this.findTemplate(waiting.assignment.template_version);
    this.set({ lesson: { lesson, template, answers: waiting.answers } });
  }

  private retryLater(): void {
    const delay = kRetryMs[Math.min(this.failures++, kRetryMs.length - 1)];
    this.timers.push(setTimeout(() => this.send(), delay));
  }

  private every(milliseconds: number, run: () => void): void {
    this.timers.push(setTimeout(() => {
      if (this.isClosed) return;
      run();
      this.every(milliseconds, run);
    }, milliseconds));
  }

  private async hold(assignments: readonly Assignment[]): Promise<void> {
    const known = new Set([...this.state.held, ...this.state.waiting.map((each) => each.assignment)].map((each) => each.assignment_id));
    const fresh = assignments.filter((each) => !known.has(each.assignment_id));
    if (!fresh.length) return;
    for (const each of fresh) await this.store.put("held", { ...each, number: ++this.lastNumber });
    this.set({ held: [...this.state.held, ...fresh], isOut: false, refusal: null });
    await Promise.all(fresh.map((each) => this.findTemplate(each.template_version)));
  }

  // Leases what is missing up to the wished stock.
  private async fill(): Promise<void> {
    const missing = 1 + this.ahead - this.state.held.length;
    if (missing <= 0 || this.isClosed) return;
    try {
      const { assignments, refused } = await this.remote.lease(this.projectId, missing);
      await this.hold(assignments);
      this.set({ isOut: assignments.length < missing, refusal: refused, isAway: false });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.isPassing) return this.set({ isAway: true });
      if (error.status === 401) return this.set({ isSignedOut: true });
      if (!this.state.held.length) throw error;
    }
  }

  private async heartbeat(): Promise<void> {
    for (const each of this.state.held) {
      try {
        const expires_at = await this.remote.heartbeat(each.assignment_id);
        this.set({ held: this.state.held.map((other) => (other.assignment_id === each.assignment_id ? { ...other, expires_at } : other)) });
      } catch (error) {
        if (error instanceof ApiProblem && !error.isPassing && error.status !== 401) await this.drop(each.assignment_id);
      }
    }
  }

  // An assignment that ended at the server: the task goes to somebody else.
  private async drop(assignmentId: string): Promise<void> {
    await this.store.delete("held", assignmentId);
    await this.show({ held: this.state.held.filter((each) => each.assignment_id !== assignmentId) });
    await this.fill();
    await this.show({});
  }

  private async readStore(): Promise<void> {
    const held = (await this.store.getAll("held")).filter((each) => each.project_id === this.projectId).sort((a, b) => a.number - b.number);
    const waiting = (await this.store.getAll("outbox")).sort((a, b) => a.number - b.number);
    for (const { assignment_id, answers } of await this.store.getAll("drafts")) this.drafts.set(assignment_id, answers);
    this.lastNumber = Math.max(0, ...held.map((each) => each.number), ...waiting.map((each) => each.number));
    this.set({ held, waiting, project: (await this.store.get("projects", this.projectId)) ?? null });
  }

  // What the server knows to be in hand is in hand, and nothing else; without a network, what is here.
  private async agree(): Promise<void> {
    try {
      const [live, project] = await Promise.all([this.remote.live(this.projectId), this.remote.project(this.projectId)]);
      await this.store.put("projects", project);
      const alive = new Set(live.map((each) => each.assignment_id));
      const gone = this.state.held.filter((each) => !alive.has(each.assignment_id));
      for (const each of gone) await this.store.delete("held", each.assignment_id);
      this.set({ project, held: this.state.held.filter((each) => alive.has(each.assignment_id)) });
      await this.hold(live);
      const current = this.state.held[0];
      if (!current || this.drafts.has(current.assignment_id)) return;
      const draft = await this.remote.readDraft(current.assignment_id).catch(() => null);
      if (draft) this.drafts.set(current.assignment_id, draft);
    } catch (error) {
      if (!(error instanceof ApiProblem) || !error.isPassing) throw error;
      this.set({ isAway: true });
    }
  }

  private async findTemplate(version: number): Promise<Template> {
    const known = this.templates.get(version);
    if (known) return known;
    const id = `${this.projectId}/${String(version)}`;
    const kept = await this.store.get("templates", id);
    const document = kept?.document ?? (await this.remote.template(this.projectId, version));
    if (!kept) await this.store.put("templates", { id, document });
    this.templates.set(version, document);
    return document;
  }
}

async function withLock(run: () => Promise<void>): Promise<void> {
  if (typeof navigator === "undefined" || !("locks" in navigator)) return run();
  await navigator.locks.request("mizan-outbox", run);
}
