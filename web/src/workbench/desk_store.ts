// What the workbench keeps in this browser (IndexedDB), so that nothing is lost when the network or the page goes:
// the assignments in hand, the answers that wait to be sent, drafts, and the projects' templates and instructions.
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Schemas } from "../api/client";
import type { Answers, Template } from "../task/template";

export type Assignment = Schemas["Assignment"];

/** Answers (or a skip) that the server has not confirmed. The assignment's id makes sending it again harmless. */
export interface Waiting {
  assignment_id: string;
  project_id: string;
  kind: "submit" | "skip";
  answers: Answers;
  reason: string;
  duration_us: number;
  /** In the order in which they were given. */
  number: number;
  /** Why the server did not take it: it will not be sent again by itself. */
  refused: string | null;
  /** The code of that, for words in the reader's language. */
  refused_code?: string;
  assignment: Assignment;
}

export interface KnownProject {
  project_id: string;
  name: string;
  instructions: string;
}

interface DeskSchema extends DBSchema {
  held: { key: string; value: Assignment & { number: number } };
  outbox: { key: string; value: Waiting };
  drafts: { key: string; value: { assignment_id: string; answers: Answers } };
  projects: { key: string; value: KnownProject };
  templates: { key: string; value: { id: string; document: Template } };
}

export type DeskStore = IDBPDatabase<DeskSchema>;

/** One database an account: two people of one browser never see each other's work. */
export function openDeskStore(accountId: string): Promise<DeskStore> {
  return openDB<DeskSchema>(`mizan-desk-${accountId}`, 1, {
    upgrade(database) {
      database.createObjectStore("held", { keyPath: "assignment_id" });
      database.createObjectStore("outbox", { keyPath: "assignment_id" });
      database.createObjectStore("drafts", { keyPath: "assignment_id" });
      database.createObjectStore("projects", { keyPath: "project_id" });
      database.createObjectStore("templates", { keyPath: "id" });
    },
  });
}

/** Takes an assignment out of hand and into the outbox, in one step: a closed page finds it in one of the two. */
export async function moveToOutbox(store: DeskStore, waiting: Waiting): Promise<void> {
  const step = store.transaction(["held", "outbox", "drafts"], "readwrite");
  await Promise.all([
    step.objectStore("held").delete(waiting.assignment_id),
    step.objectStore("drafts").delete(waiting.assignment_id),
    step.objectStore("outbox").put(waiting),
    step.done,
  ]);
}

/** Takes a refused answer back into hand, as a draft, to be mended. */
export async function takeBack(store: DeskStore, waiting: Waiting): Promise<void> {
  const step = store.transaction(["held", "outbox", "drafts"], "readwrite");
  await Promise.all([
    step.objectStore("outbox").delete(waiting.assignment_id),
    step.objectStore("held").put({ ...waiting.assignment, number: waiting.number }),
    step.objectStore("drafts").put({ assignment_id: waiting.assignment_id, answers: waiting.answers }),
    step.done,
  ]);
}
