// Sends what waits, oldest first, one at a time, until the box is empty or the network is away.
import { ApiProblem } from "../api/problem";
import type { Schemas } from "../api/client";
import type { DeskStore, Waiting } from "./desk_store";
import type { Remote } from "./remote";

export interface FlushOutcome {
  sent: { waiting: Waiting; result: Schemas["SubmittedAnnotation"] | null }[];
  refused: Waiting[];
  /** The network (or the server) is away: try again later. */
  isAway: boolean;
  /** The session has ended: somebody has to sign in. */
  isSignedOut: boolean;
}

// What the server says about an assignment that ended by itself: for a skip that is as good as done.
const kOver = new Set(["assignment_not_live", "conflict", "not_found"]);

export async function flush(store: DeskStore, remote: Remote, wantsNext: () => boolean): Promise<FlushOutcome> {
  const outcome: FlushOutcome = { sent: [], refused: [], isAway: false, isSignedOut: false };
  for (;;) {
    const waiting = await nextWaiting(store);
    if (!waiting) return outcome;
    try {
      const result = waiting.kind === "skip" ? await skip(remote, waiting) : await remote.submit(waiting, wantsNext());
      await store.delete("outbox", waiting.assignment_id);
      outcome.sent.push({ waiting, result });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.isPassing) return { ...outcome, isAway: true };
      if (error.status === 401 || error.code === "csrf_token_wrong") return { ...outcome, isSignedOut: true };
      const refused = { ...waiting, refused: error.message, refused_code: error.code };
      await store.put("outbox", refused);
      outcome.refused.push(refused);
    }
  }
}

async function skip(remote: Remote, waiting: Waiting): Promise<null> {
  try {
    await remote.skip(waiting);
  } catch (error) {
    if (!(error instanceof ApiProblem && kOver.has(error.code))) throw error;
  }
  return null;
}

async function nextWaiting(store: DeskStore): Promise<Waiting | undefined> {
  const all = await store.getAll("outbox");
  return all.filter((each) => each.refused === null).sort((a, b) => a.number - b.number)[0];
}
