// Figures: a share of something done, a number with its interval, a small coloured word.
import type { ReactNode } from "react";
import { formatInterval, formatPercent } from "../i18n/format";

interface ProgressProps {
  label: string;
  /** 0…1 */
  share: number;
  text?: string;
}

export function Progress({ label, share, text }: ProgressProps) {
  const percent = Math.max(0, Math.min(1, share)) * 100;
  return (
    <div className="progress">
      <div className="row between small">
        <span>{label}</span>
        <span className="number muted">{text ?? formatPercent(share)}</span>
      </div>
      <div className="track" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(percent)}>
        <div className="fill" style={{ inlineSize: `${String(percent)}%` }} />
      </div>
    </div>
  );
}

interface StatProps {
  label: string;
  value: ReactNode;
  /** Bounds as shares, 0…1: shown in words and drawn. */
  interval?: readonly [number, number] | null;
  note?: ReactNode;
}

export function Stat({ label, value, interval, note }: StatProps) {
  return (
    <div className="stat">
      <span className="muted small">{label}</span>
      <span className="value">
        <bdi>{value}</bdi>
      </span>
      {interval ? (
        <>
          <span className="interval">
            <bdi>{formatInterval(interval[0], interval[1])}</bdi>
          </span>
          <Whisker low={interval[0]} high={interval[1]} />
        </>
      ) : null}
      {note ? <span className="muted small">{note}</span> : null}
    </div>
  );
}

/** Where an interval lies between 0 and 1. */
export function Whisker({ low, high }: { low: number; high: number }) {
  const start = Math.max(0, Math.min(1, low)) * 100;
  const width = Math.max(1, Math.min(1, high) * 100 - start);
  return (
    <div className="whisker" aria-hidden="true">
      <span style={{ insetInlineStart: `${String(start)}%`, inlineSize: `${String(width)}%` }} />
    </div>
  );
}

export type Tone = "plain" | "good" | "warn" | "bad" | "accent";

export function Badge({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className="badge" data-tone={tone}>
      {children}
    </span>
  );
}
