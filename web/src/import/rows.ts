// A chosen file as rows: what its columns are, what each becomes, and the rows that are sent.
import type { Question, Template } from "../task/template";
import { CsvReader } from "./csv";
import { parquetRows } from "./parquet";

export type FileFormat = "jsonl" | "csv" | "parquet";
export type Row = Record<string, unknown>;

/** What a column becomes; `gold:<question>` is the right answer to a question. */
export type Role = "external_id" | "payload" | "whole_payload" | "domain" | "language" | "priority" | "batch" | "ignored" | `gold:${string}`;
export type Mapping = Record<string, Role>;

export const kMediaTypes = { jsonl: "application/x-ndjson", csv: "text/csv", parquet: "application/vnd.apache.parquet" } as const;

export interface FileKind {
  format: FileFormat;
  isPacked: boolean;
}

export function formatOf(name: string): FileKind | null {
  const isPacked = name.endsWith(".gz");
  const plain = isPacked ? name.slice(0, -3) : name;
  if (/\.(jsonl|ndjson|json)$/i.test(plain)) return { format: "jsonl", isPacked };
  if (/\.csv$/i.test(plain)) return { format: "csv", isPacked };
  if (/\.parquet$/i.test(plain)) return { format: "parquet", isPacked };
  return null;
}

/** Every row of a file, in pieces, without holding all of it. Throws what is no such file. */
export async function* rowsOf(file: Blob, { format, isPacked }: FileKind): AsyncGenerator<Row> {
  if (format === "parquet") return yield* parquetRows(file);
  const bytes = isPacked ? file.stream().pipeThrough(new DecompressionStream("gzip")) : file.stream();
  const reader = bytes.pipeThrough(new TextDecoderStream()).getReader();
  const parse = format === "csv" ? csvRows() : jsonRows();
  for (;;) {
    const { done, value } = await reader.read();
    yield* parse(value ?? "", done);
    if (done) return;
  }
}

function csvRows() {
  const csv = new CsvReader();
  let head: string[] | null = null;
  return (text: string, isEnd: boolean): Row[] => {
    const found: Row[] = [];
    for (const cells of [...csv.push(text), ...(isEnd ? csv.end() : [])]) {
      if (!head) head = cells.map((cell) => cell.replace(/^\uFEFF/, "").trim());
      else found.push(Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ""])));
    }
    return found;
  };
}

function jsonRows() {
  let rest = "";
  return (text: string, isEnd: boolean): Row[] => {
    const lines = (rest + text).split("\n");
    rest = isEnd ? "" : (lines.pop() ?? "");
    return lines.flatMap((line) => {
      if (line.trim() === "") return [];
      // A line that is no object is sent as it is: the server names its line and what is wrong.
      try {
        const value: unknown = JSON.parse(line);
        return [typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Row) : { kBroken: line }];
      } catch {
        return [{ kBroken: line }];
      }
    });
  };
}

export async function firstRows(file: Blob, kind: FileKind, count: number): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of rowsOf(file, kind)) {
    rows.push(row);
    if (rows.length === count) break;
  }
  return rows;
}

export const columnsOf = (rows: readonly Row[]): string[] => [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => name !== "kBroken");

const kNames: Partial<Record<string, Role>> = {
  external_id: "external_id",
  id: "external_id",
  task_id: "external_id",
  payload: "whole_payload",
  domain: "domain",
  language: "language",
  lang: "language",
  priority: "priority",
  batch: "batch",
};
// The server reads these of a JSON line by themselves.
const kOwn = new Set(["gold", "pre_annotation"]);

/** What the columns most likely are. */
export function guess(columns: readonly string[]): Mapping {
  const mapping: Mapping = {};
  const taken = new Set<Role>();
  for (const column of columns) {
    const role = kNames[column.toLowerCase()];
    const isFree = role && !taken.has(role);
    mapping[column] = isFree ? role : "payload";
    if (isFree) taken.add(role);
  }
  return mapping;
}

function cellOf(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function goldOf(question: Question | undefined, value: unknown): unknown {
  const cell = cellOf(value);
  const isNumber = question?.type === "rating" || question?.type === "number";
  if (isNumber && typeof cell === "string" && cell.trim() !== "") return Number(cell);
  if (question?.type === "choices" && typeof cell === "string") return cell.split(/[;,]/).map((each) => each.trim());
  if (question?.type === "preference" && typeof cell === "string") return { winner: cell };
  return cell;
}

/** One row as the server takes it. */
export function toTask(row: Row, mapping: Mapping, template: Template | null): Row {
  const task: Row = {};
  const payload: Row = {};
  const answers: Row = {};
  for (const [column, value] of Object.entries(row)) {
    if (value === undefined || value === null || value === "") continue;
    const role = mapping[column] ?? "payload";
    if (role === "ignored") continue;
    if (kOwn.has(column) && role === "payload") task[column] = cellOf(value);
    else if (role === "payload") payload[column] = cellOf(value);
    else if (role === "whole_payload") Object.assign(payload, cellOf(value));
    else if (role === "priority") task[role] = typeof value === "number" ? value : Number(value);
    else if (role.startsWith("gold:")) {
      const name = role.slice(5);
      answers[name] = goldOf(template?.questions.find((question) => question.name === name), value);
    } else task[role] = typeof value === "number" ? String(value) : value;
  }
  task["payload"] = payload;
  if (Object.keys(answers).length > 0) task["gold"] = { answers };
  return task;
}

/** The whole file as JSON lines. */
export async function asLines(file: Blob, kind: FileKind, mapping: Mapping, template: Template | null): Promise<Blob> {
  const pieces: string[] = [];
  let piece = "";
  for await (const row of rowsOf(file, kind)) {
    piece += (typeof row["kBroken"] === "string" ? row["kBroken"] : JSON.stringify(toTask(row, mapping, template))) + "\n";
    if (piece.length > 1 << 20) {
      pieces.push(piece);
      piece = "";
    }
  }
  pieces.push(piece);
  return new Blob(pieces, { type: kMediaTypes.jsonl });
}
