// Short notices at the edge of the screen; they never hold what a person must act on.
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button";
import { ProblemDetail } from "./states";

interface Toast {
  id: number;
  text: string;
  tone: "plain" | "bad";
  /** What the server said, in English. */
  detail: string;
}

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

const close = (id: number) => change(toasts.filter((toast) => toast.id !== id));

/** Shows a sentence for six seconds, a problem for twelve. */
export function toast(text: string, tone: Toast["tone"] = "plain", detail = ""): void {
  const id = ++lastId;
  change([...toasts.slice(-2), { id, text, tone, detail }]);
  setTimeout(() => close(id), tone === "bad" ? 12_000 : 6000);
}

export function Toasts() {
  const { t } = useTranslation();
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div className="toasts no-print" role="status" aria-live="polite">
      {shown.map(({ id, text, tone, detail }) => (
        <div key={id} className="toast" data-tone={tone}>
          <span className="stack tight">
            <span>{text}</span>
            <ProblemDetail text={detail} />
          </span>
          <Button kind="quiet" size="s" aria-label={t("close")} onPress={() => close(id)}>
            ✕
          </Button>
        </div>
      ))}
    </div>
  );
}
