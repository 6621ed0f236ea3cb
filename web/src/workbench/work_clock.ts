import { useEffect, useRef } from "react";

/** Milliseconds that a task was on a visible screen; begins anew with every `key`. */
export function useWorkClock(key: string | undefined): () => number {
  const clock = useRef({ done: 0, since: 0 });
  useEffect(() => {
    const now = () => performance.now();
    clock.current = { done: 0, since: document.hidden ? 0 : now() };
    const look = () => {
      const { done, since } = clock.current;
      if (document.hidden && since) clock.current = { done: done + now() - since, since: 0 };
      else if (!document.hidden && !since) clock.current = { done, since: now() };
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [key]);
  return () => clock.current.done + (clock.current.since ? performance.now() - clock.current.since : 0);
}
