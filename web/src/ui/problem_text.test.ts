import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import ar from "../messages/ar/problems.json";
import en from "../messages/en/problems.json";

const header = readFileSync(path.resolve(import.meta.dirname, "../../../src/mizan/base/error.h"), "utf8");
const codes = [...header.matchAll(/^\s*X\((\w+), "/gm)].map((found) => found[1] ?? "");

describe("the words of problems", () => {
  it("finds the codes of the server", () => {
    expect(codes.length).toBeGreaterThan(50);
    expect(codes).toContain("not_eligible");
  });

  it.each([
    ["English", en],
    ["Arabic", ar],
  ])("say in %s what each code means and what to do", (_, words: Record<string, string>) => {
    expect(codes.filter((code) => !words[`title_${code}`])).toEqual([]);
    expect(codes.filter((code) => !words[`do_${code}`])).toEqual([]);
  });

  it("are Arabic in Arabic", () => {
    const foreign = Object.entries(ar).filter(([, text]) => !/[\u0600-\u06ff]/.test(text));
    expect(foreign).toEqual([]);
  });

  it("know no code that the server does not have, but for those that the app makes", () => {
    const own = new Set(["wrong_code", "wrong_password", "account_suspended", "unknown"]);
    const unknown = Object.keys(en)
      .filter((key) => key.startsWith("title_"))
      .map((key) => key.slice("title_".length))
      .filter((code) => !codes.includes(code) && !own.has(code));
    expect(unknown).toEqual([]);
  });
});
