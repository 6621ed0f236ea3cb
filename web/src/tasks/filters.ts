// What the tasks table shows stands in its address, so that a link shows the same to somebody else.
import { useSearchParams } from "wouter";
import type { Schemas } from "../api/client";

export const kFilters = ["question", "state", "domain", "language", "supplier_id", "annotator_id", "search", "confidence", "top_share_below", "order"] as const;
export type FilterName = (typeof kFilters)[number];
export type Filters = Partial<Record<FilterName, string>>;

/** Ranges of confidence that can be chosen: "0.5-0.8". */
export const kRanges = ["0-0.5", "0.5-0.8", "0.8-0.95", "0.95-1"] as const;
export const kShares = ["0.99", "0.75", "0.6"] as const;

export function useFilters(): [Filters, (change: Filters) => void] {
  const [params, setParams] = useSearchParams();
  const filters: Filters = {};
  for (const name of kFilters) {
    const value = params.get(name);
    if (value) filters[name] = value;
  }
  const change = (values: Filters) =>
    setParams(
      (now) => {
        for (const [name, value] of Object.entries(values))
          if (value) now.set(name, value);
          else now.delete(name);
        return now;
      },
      { replace: true },
    );
  return [filters, change];
}

/** The query of the API that these filters ask. */
export function queryOf(filters: Filters): Record<string, string | number> {
  const { confidence, top_share_below, order, ...rest } = filters;
  const query: Record<string, string | number> = { ...rest };
  const [from, below] = (confidence ?? "").split("-").map(Number);
  if (confidence && from !== undefined && !Number.isNaN(from)) query["confidence_from"] = from;
  // The last range holds 1 itself: there is no end above it.
  if (confidence && below !== undefined && below < 1) query["confidence_below"] = below;
  if (top_share_below && !Number.isNaN(Number(top_share_below))) query["top_share_below"] = Number(top_share_below);
  if (order === "confidence") query["order"] = order;
  return query;
}

export type TaskState = Schemas["TaskState"];
export const kStates: readonly TaskState[] = ["open", "full", "done", "escalated", "held", "cancelled", "gold"];
export const kStateTones = { open: "accent", full: "accent", done: "good", escalated: "warn", held: "plain", cancelled: "plain", gold: "warn" } as const;
