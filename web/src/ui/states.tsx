// What a screen shows while it has nothing else: loading, empty, an error, no network.
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/problem";
import { Button } from "./button";
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

/** What went wrong, in words a person can act on. */
export function useProblemText(): (error: unknown) => { title: string; detail: string } {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof ApiProblem)) return { title: t("problem"), detail: error instanceof Error ? error.message : "" };
    if (error.code === "offline") return { title: t("offline"), detail: t("offline_text") };
    const known = { forbidden: t("problem_forbidden"), not_found: t("problem_not_found"), precondition_failed: t("problem_stale"), rate_limited: t("problem_rate") };
    const title = known[error.code as keyof typeof known] ?? (error.status >= 500 ? t("problem_server") : t("problem"));
    return { title, detail: [error.message, error.hint].filter(Boolean).join(" — ") };
  };
}

interface ProblemProps {
  error: unknown;
  onRetry?: () => void;
}

export function Problem({ error, onRetry }: ProblemProps) {
  const { t } = useTranslation();
  const { title, detail } = useProblemText()(error);
  const id = error instanceof ApiProblem ? error.problem.request_id : undefined;
  return (
    <div className="notice" data-tone="bad" role="alert">
      <strong>{title}</strong>
      {detail ? <bdi dir="auto">{detail}</bdi> : null}
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
