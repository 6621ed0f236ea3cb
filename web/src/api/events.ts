// Server-sent events of a project: what happened, as it happens.
import { useEffect, useRef } from "react";
import type { Schemas } from "./client";

export type ProjectEvent = Schemas["Event"];

/**
 * Calls `onEvent` for every event of the project from now on, in order. The browser comes back by itself after a cut,
 * with the last sequence it saw. Give null to listen to nothing.
 */
export function useProjectEvents(projectId: string | null, onEvent: (event: ProjectEvent) => void): void {
  const latest = useRef(onEvent);
  useEffect(() => {
    latest.current = onEvent;
  });
  useEffect(() => {
    if (!projectId) return;
    const source = new EventSource(`/api/v1/projects/${projectId}/events:stream`);
    const hear = (message: MessageEvent<string>) => {
      latest.current(JSON.parse(message.data) as ProjectEvent);
    };
    source.onmessage = hear;
    for (const kind of kKinds) source.addEventListener(kind, hear);
    return () => source.close();
  }, [projectId]);
}

// EventSource tells named events only to those who ask for the name: docs/formats/events.md lists them.
const kKinds = [
  "annotation.submitted",
  "annotation.revised",
  "annotation.rejected",
  "task.done",
  "task.reopened",
  "task.escalated",
  "task.adjudicated",
  "import.completed",
  "batch.started",
  "batch.finished",
  "project.updated",
  "template.created",
] as const;
