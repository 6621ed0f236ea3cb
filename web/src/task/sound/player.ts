// What an <audio> element is doing, for the controls that we draw.
import { useCallback, useEffect, useState } from "react";

export interface Player {
  seconds: number;
  at: number;
  isPlaying: boolean;
  hasFailed: boolean;
  toggle: () => void;
  seek: (at: number) => void;
}

export function usePlayer(element: HTMLAudioElement | null): Player {
  const [seconds, setSeconds] = useState(NaN);
  const [at, setAt] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    if (!element) return;
    const look = () => {
      // Unknown for a moment when it is loaded again from another place.
      setSeconds((before) => (Number.isNaN(element.duration) ? before : element.duration));
      setAt(element.currentTime);
      setPlaying(!element.paused && !element.ended);
      setFailed(element.error !== null);
    };
    look();
    const events = ["loadedmetadata", "durationchange", "timeupdate", "seeking", "seeked", "play", "pause", "ended", "error", "emptied"];
    for (const name of events) element.addEventListener(name, look);
    return () => {
      for (const name of events) element.removeEventListener(name, look);
    };
  }, [element]);
  // Between the few events a second that the element sends.
  useEffect(() => {
    if (!element || !isPlaying) return;
    let frame = requestAnimationFrame(function step() {
      setAt(element.currentTime);
      frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [element, isPlaying]);
  const toggle = useCallback(() => {
    if (!element) return;
    if (element.paused) void element.play().catch(() => undefined);
    else element.pause();
  }, [element]);
  const seek = useCallback(
    (to: number) => {
      if (!element || !Number.isFinite(element.duration)) return;
      element.currentTime = Math.max(0, Math.min(element.duration, to));
      setAt(element.currentTime);
    },
    [element],
  );
  return { seconds, at, isPlaying, hasFailed, toggle, seek };
}
