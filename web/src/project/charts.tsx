// Small drawings of figures, each with a table for those who do not see it. Figures run from the start of a line to its
// end, so they are mirrored with the page.
import type { ReactNode } from "react";
import { formatNumber, formatPercent } from "../i18n/format";

export interface Bar {
  id: string;
  label: ReactNode;
  value: number;
  tone?: "accent" | "good" | "warn" | "bad" | "plain";
  to?: ReactNode;
}

/** Bars beside their names and numbers. */
export function Bars({ label, bars, total }: { label: string; bars: readonly Bar[]; total?: number }) {
  const most = total ?? Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <dl className="bars" aria-label={label}>
      {bars.map((bar) => (
        <div key={bar.id}>
          <dt>{bar.label}</dt>
          <dd>
            <span className="bar-track" aria-hidden="true">
              <span className="bar-fill" data-tone={bar.tone ?? "accent"} style={{ inlineSize: `${String((100 * bar.value) / Math.max(1, most))}%` }} />
            </span>
            <span className="number">{formatNumber(bar.value)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

export interface Column {
  id: string;
  /** Under the column; empty = none. */
  label: string;
  /** What a pointer reads: the whole sentence. */
  title: string;
  parts: readonly { series: number; value: number }[];
}

/** Columns over time or over a scale, stacked by series. */
export function Columns({ label, columns }: { label: string; columns: readonly Column[] }) {
  const sums = columns.map((column) => column.parts.reduce((sum, part) => sum + part.value, 0));
  const most = Math.max(1, ...sums);
  return (
    <figure className="columns" role="img" aria-label={`${label}: ${columns.map((column) => column.title).join("; ")}`}>
      <div className="columns-plot" aria-hidden="true">
        {columns.map((column) => (
          <div key={column.id} className="column" title={column.title}>
            {column.parts.map((part, index) => (
              <span key={index} style={{ blockSize: `${String((100 * part.value) / most)}%`, background: `var(--series-${String((part.series % 6) + 1)})` }} />
            ))}
          </div>
        ))}
      </div>
      <div className="columns-axis" aria-hidden="true">
        {columns.map((column) => (
          <span key={column.id}>{column.label}</span>
        ))}
      </div>
    </figure>
  );
}

export function Legend({ names }: { names: readonly string[] }) {
  if (names.length < 2) return null;
  return (
    <ul className="legend">
      {names.map((name, index) => (
        <li key={name}>
          <span aria-hidden="true" style={{ background: `var(--series-${String((index % 6) + 1)})` }} />
          <bdi>{name}</bdi>
        </li>
      ))}
    </ul>
  );
}

/** A share with its 95 % interval, drawn on a line from `from` to 1. */
export function DotInterval({ value, low, high, from = 0 }: { value: number | null; low: number | null; high: number | null; from?: number }) {
  const place = (share: number) => `${String((100 * (Math.max(from, Math.min(1, share)) - from)) / (1 - from))}%`;
  if (value === null) return null;
  return (
    <span className="dot-interval" aria-hidden="true">
      {low !== null && high !== null ? (
        <span className="dot-range" style={{ insetInlineStart: place(low), inlineSize: `calc(${place(high)} - ${place(low)})` }} />
      ) : null}
      <span className="dot" style={{ insetInlineStart: place(value) }} />
    </span>
  );
}

/** "97.1 %" with its interval below; a dash when it cannot be known. */
export function Share({ value, interval }: { value: number | null; interval?: readonly (number | null)[] }) {
  const [low = null, high = null] = interval ?? [];
  if (value === null) return <span aria-hidden="true">—</span>;
  return (
    <span className="share">
      <bdi>{formatPercent(value)}</bdi>
      {low !== null && high !== null ? (
        <bdi className="muted small number">
          {formatPercent(low)} – {formatPercent(high)}
        </bdi>
      ) : null}
    </span>
  );
}
