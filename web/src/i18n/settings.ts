// Language, theme and digits: kept in this browser, and in the profile once somebody is signed in.
import { useSyncExternalStore } from "react";

export type Language = "en" | "ar";
export type Theme = "system" | "light" | "dark";
export type Digits = "language" | "latin" | "arabic";
export interface Settings {
  language: Language;
  theme: Theme;
  digits: Digits;
}

const kKey = "mizan.settings";
const systemDark = () => matchMedia("(prefers-color-scheme: dark)").matches;

function initial(): Settings {
  const fallback: Settings = {
    language: navigator.language.startsWith("ar") ? "ar" : "en",
    theme: "system",
    digits: "language",
  };
  try {
    return { ...fallback, ...(JSON.parse(localStorage.getItem(kKey) ?? "{}") as Partial<Settings>) };
  } catch {
    return fallback;
  }
}

let now: Settings = initial();
const listeners = new Set<() => void>();

function show(): void {
  const root = document.documentElement;
  root.lang = now.language;
  root.dir = now.language === "ar" ? "rtl" : "ltr";
  root.dataset.theme = now.theme === "system" ? (systemDark() ? "dark" : "light") : now.theme;
}

export const settings = {
  get: (): Settings => now,
  set(change: Partial<Settings>): void {
    now = { ...now, ...change };
    try {
      localStorage.setItem(kKey, JSON.stringify(now));
    } catch {
      // A browser without storage keeps them for this page.
    }
    show();
    for (const listener of listeners) listener();
  },
  /** Puts what is chosen on the document; follows the system's theme from then on. */
  start(): void {
    show();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  },
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, settings.get);
}
