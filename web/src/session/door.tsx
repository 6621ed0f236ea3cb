// The frame of the pages in front of the app: sign-in, set-up, invitations.
import { useEffect, useState, type FormEvent, type ReactNode } from "react";
import { Card, Problem, Wordmark } from "../ui";
import { LanguageSwitch, ThemeSwitch } from "./preferences";

interface DoorProps {
  title: string;
  text?: ReactNode;
  children: ReactNode;
}

export function Door({ title, text, children }: DoorProps) {
  useEffect(() => {
    document.title = `${title} · Mizan`;
  }, [title]);
  return (
    <main id="main" className="door">
      <Wordmark />
      <Card>
        <div className="stack">
          <h1>{title}</h1>
          {text ? <p className="muted">{text}</p> : null}
          {children}
        </div>
      </Card>
      <div className="row">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
    </main>
  );
}

/** Runs what a form does: once at a time, keeping its problem. */
export function useSubmit(run: () => Promise<void>) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setError(null);
    try {
      await run();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, error, setError, submit: (event?: FormEvent) => void submit(event) };
}

export function FormProblem({ error }: { error: unknown }) {
  return error ? <Problem error={error} /> : null;
}
