// A Parquet file as rows. The reader comes when somebody chooses such a file; it unpacks Snappy, which is what most writers
// use. What it cannot unpack is sent as it is, and the server reads it.
import type { Row } from "./rows";

/** Values as JSON has them: whole numbers beyond what a number holds, times and bytes become texts. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null) return plainRow(value as Row);
  return value ?? null;
}

const plainRow = (row: Row): Row => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));

/** Its rows, one row group after the other. */
export async function* parquetRows(blob: Blob): AsyncGenerator<Row> {
  const { parquetMetadataAsync, parquetReadObjects } = await import("hyparquet");
  const file = { byteLength: blob.size, slice: (start: number, end?: number) => blob.slice(start, end).arrayBuffer() };
  const metadata = await parquetMetadataAsync(file);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const rows = await parquetReadObjects({ file, metadata, rowStart, rowEnd });
    for (const row of rows) yield plainRow(row as Row);
    rowStart = rowEnd;
  }
}
