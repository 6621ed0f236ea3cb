// Keys that are heard wherever the focus is.
import { useEffect, useRef } from "react";

/** Hears every key with the newest `onKey`. Listens once, so that who listened first is asked first, however often things are drawn anew. */
export function useDocumentKeys(onKey: (event: KeyboardEvent) => void, isOn = true): void {
  const newest = useRef(onKey);
  useEffect(() => {
    newest.current = onKey;
  });
  useEffect(() => {
    if (!isOn) return;
    const listen = (event: KeyboardEvent) => newest.current(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [isOn]);
}
