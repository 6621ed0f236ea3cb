import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { CsvReader } from "./csv";
import { asLines, columnsOf, firstRows, formatOf, guess, toTask } from "./rows";

const kLines = { format: "jsonl", isPacked: false } as const;
const fixture = (name: string) => new Blob([readFileSync(path.join(import.meta.dirname, "fixtures", name))]);

test("a quoted cell holds commas, quotes and line breaks, wherever a piece is cut", () => {
  const text = 'id,text\r\n1,"a, ""b""\nc"\r\n2,plain';
  const whole = new CsvReader();
  const expected = [["id", "text"], ["1", 'a, "b"\nc'], ["2", "plain"]];
  expect([...whole.push(text), ...whole.end()]).toEqual(expected);
  const cut = new CsvReader();
  const rows = [...text].flatMap((c) => cut.push(c));
  expect([...rows, ...cut.end()]).toEqual(expected);
});

test("columns are guessed by their names, each role once", () => {
  expect(guess(["id", "task_id", "lang", "text"])).toEqual({ id: "external_id", task_id: "payload", lang: "language", text: "payload" });
});

test("a row becomes a task: JSON in a cell is read, gold goes to its question", () => {
  const template = { questions: [{ name: "tone", type: "rating" as const }] };
  const row = { id: "7", messages: '[{"role":"user","content":"hi"}]', tone: "4", note: "", secret: "x" };
  const mapping = { id: "external_id", messages: "payload", tone: "gold:tone", note: "payload", secret: "ignored" } as const;
  expect(toTask(row, mapping, template)).toEqual({
    external_id: "7",
    payload: { messages: [{ role: "user", content: "hi" }] },
    gold: { answers: { tone: 4 } },
  });
});

test("a file is read in pieces, and a line that is no object is passed on as it is", async () => {
  const file = new Blob(['{"id":"1","text":"a"}\nnonsense\n{"id":"2","text":"b"}']);
  const rows = await firstRows(file, kLines, 10);
  expect(columnsOf(rows)).toEqual(["id", "text"]);
  const lines = await (await asLines(file, kLines, guess(["id", "text"]), null)).text();
  expect(lines.split("\n")[1]).toBe("nonsense");
  expect(JSON.parse(lines.split("\n")[2] ?? "")).toEqual({ external_id: "2", payload: { text: "b" } });
});

test("a format is known by the file's name", () => {
  expect(formatOf("a.csv.gz")).toEqual({ format: "csv", isPacked: true });
  expect(formatOf("a.parquet")).toEqual({ format: "parquet", isPacked: false });
  expect(formatOf("a.docx")).toBeNull();
});

test("a packed file is read like a plain one, and a broken one is refused", async () => {
  const text = "id,text\n1,one\n2,two";
  const packed = await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).blob();
  expect(await firstRows(packed, { format: "csv", isPacked: true }, 10)).toEqual([{ id: "1", text: "one" }, { id: "2", text: "two" }]);
  await expect(firstRows(new Blob([text]), { format: "csv", isPacked: true }, 10)).rejects.toThrow();
});

test("the rows of Parquet come group by group: nested, large and timed values as JSON has them", async () => {
  const rows = await firstRows(fixture("tasks.parquet"), { format: "parquet", isPacked: false }, 10);
  expect(rows).toEqual([
    { id: 1, text: "I paid twice, please help", lang: "en", meta: { source: "mail", tags: ["a", "b"] }, at: "2026-01-31T12:00:00.000Z" },
    { id: 2, text: "لا أستطيع الدخول", lang: "ar", meta: null, at: null },
    { id: "1152921504606846976", text: "", lang: "en", meta: { source: "web", tags: [] }, at: null },
  ]);
  const mapping = guess(columnsOf(rows));
  expect(toTask(rows[0] ?? {}, mapping, null)).toMatchObject({ external_id: "1", language: "en", payload: { text: "I paid twice, please help" } });
});

test("Parquet that cannot be unpacked here is told apart", async () => {
  await expect(firstRows(fixture("zstd.parquet"), { format: "parquet", isPacked: false }, 10)).rejects.toThrow(/ZSTD/);
});
