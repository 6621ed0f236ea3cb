// What a screen shows while it has nothing else: loading, empty, an error, no network.
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/problem";
import { Button } from "./button";
import { useProblemText } from "./problem_text";
import { Balance } from "./wordmark";

/** Grey lines where text will be, so that nothing jumps. */
export function Loading({ lines = 4 }: { lines?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("loading")}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="skeleton" style={{ inlineSize: `${String(95 - ((line * 17) % 40))}%` }} />
      ))}
    </div>
  );
}

interface EmptyProps {
  title: string;
  text?: ReactNode;
  children?: ReactNode;
}

export function Empty({ title, text, children }: EmptyProps) {
  return (
    <div className="empty">
      <Balance />
      <h2>{title}</h2>
      {text ? <p>{text}</p> : null}
      {children}
    </div>
  );
}

interface ProblemProps {
  error: unknown;
  onRetry?: () => void;
}

/** What went wrong, what to do about it, and below what exactly the server said. */
export function Problem({ error, onRetry }: ProblemProps) {
  const { t } = useTranslation();
  const { title, advice, detail } = useProblemText()(error);
  const id = error instanceof ApiProblem ? error.problem.request_id : undefined;
  return (
    <div className="notice" data-tone="bad" role="alert">
      <strong>{title}</strong>
      <span>{advice}</span>
      <ProblemDetail text={detail} />
      {id ? <span className="small muted">{t("problem_request", { id })}</span> : null}
      {onRetry ? (
        <div>
          <Button size="s" onPress={onRetry}>
            {t("retry")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** The server's own sentence: always English, so it keeps its own direction. */
export function ProblemDetail({ text }: { text: string }) {
  const { t } = useTranslation("problems");
  if (!text) return null;
  return (
    <span className="problem-detail small" lang="en" dir="ltr" title={t("detail")}>
      {text}
    </span>
  );
}

interface LoadedProps<T> {
  query: UseQueryResult<T, Error>;
  lines?: number;
  children: (data: T) => ReactNode;
}

/** Shows what was read, and until then that it is being read, or why it cannot be. */
export function Loaded<T>({ query, lines, children }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Problem error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading lines={lines} />;
}
