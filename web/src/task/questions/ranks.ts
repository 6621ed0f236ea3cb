// A ranking as rows, so that it can be moved about: [["best"], ["second", "as good"]].
export interface RankRow {
  value: string;
  /** 1, 2, 2, 4: as in sports. */
  place: number;
  /** Shares the place of the row above. */
  isTied: boolean;
}

export function toRows(groups: readonly (readonly string[])[]): RankRow[] {
  return numbered(groups.flatMap((group) => group.map((value, index) => ({ value, isTied: index > 0 }))));
}

export function toGroups(rows: readonly RankRow[]): string[][] {
  const groups: string[][] = [];
  for (const { value, isTied } of rows) {
    const last = groups.at(-1);
    if (isTied && last) last.push(value);
    else groups.push([value]);
  }
  return groups;
}

function numbered(rows: readonly { value: string; isTied: boolean }[]): RankRow[] {
  let place = 0;
  return rows.map(({ value, isTied }, index) => {
    const shares = isTied && index > 0;
    if (!shares) place = index + 1;
    return { value, place, isTied: shares };
  });
}

/** Takes a row to another index; it ties with nobody there. */
export function moved(rows: readonly RankRow[], value: string, to: number): RankRow[] {
  const from = rows.findIndex((row) => row.value === value);
  const row = rows[from];
  if (!row) return [...rows];
  const rest = rows.map((each, index) => (index === from + 1 && !row.isTied && each.isTied ? { ...each, isTied: false } : each));
  rest.splice(from, 1);
  rest.splice(to, 0, { ...row, isTied: false });
  // Nobody may tie with a row that came between.
  const below = rest[to + 1];
  if (below?.isTied) rest[to + 1] = { ...below, isTied: false };
  return numbered(rest);
}

/** Ties a row with the one above, or parts them. */
export function tied(rows: readonly RankRow[], index: number): RankRow[] {
  return numbered(rows.map((row, each) => (each === index ? { ...row, isTied: !row.isTied } : row)));
}
