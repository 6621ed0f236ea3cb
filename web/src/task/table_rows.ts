const cellText = (value: unknown): string =>
  value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value as string | number);

/** Heads and cells of an array of objects or of arrays. */
export function toTable(rows: unknown, columns: string[] | undefined): { heads: string[]; cells: string[][] } {
  if (!Array.isArray(rows)) return { heads: [], cells: [] };
  const isObject = (row: unknown): row is Record<string, unknown> => typeof row === "object" && row !== null && !Array.isArray(row);
  const heads = columns ?? [...new Set(rows.filter(isObject).flatMap((row) => Object.keys(row)))];
  return {
    heads,
    cells: rows.map((row: unknown) => {
      if (isObject(row)) return heads.map((head) => cellText(row[head]));
      return Array.isArray(row) ? row.map(cellText) : [cellText(row)];
    }),
  };
}
