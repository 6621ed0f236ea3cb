import { describe, expect, it } from "vitest";
import { kRecipes } from "./recipes";

const kWritten = new Set(["title", "help", "content", "titles"]);
const kArabic = /[\u0600-\u06ff]/;

// Every text that an annotator reads, by its place; `is` tells the values and names that stay.
function textsOf(node: unknown, place = "", key = ""): [string, string][] {
  if (typeof node === "string") return kWritten.has(key) ? [[place, node]] : [];
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([name, child]) => textsOf(child, `${place}/${name}`, Array.isArray(node) ? key : name));
}

function valuesOf(node: unknown): unknown[] {
  if (typeof node !== "object" || node === null) return [];
  const own = "value" in node ? [node.value] : "name" in node ? [node.name] : [];
  return [...own, ...Object.values(node).flatMap(valuesOf)];
}

describe("recipes in Arabic", () => {
  it.each(kRecipes.ar.map((recipe, index) => [recipe.name, recipe, kRecipes.en[index]] as const))("have every text of %s, and its values unchanged", (_, arabic, english) => {
    const [ours, theirs] = [new Map(textsOf(arabic.template)), textsOf(english?.template)];
    expect(theirs.filter(([place]) => !ours.has(place))).toEqual([]);
    expect([...ours].filter(([, text]) => !kArabic.test(text))).toEqual([]);
    expect(valuesOf(arabic.template)).toEqual(valuesOf(english?.template));
  });

  it("give every choice a title: a value alone is a code", () => {
    const bare = (node: unknown): unknown[] => {
      if (typeof node !== "object" || node === null) return [];
      return [...("value" in node && !("title" in node) ? [node.value] : []), ...Object.values(node).flatMap(bare)];
    };
    expect(kRecipes.ar.flatMap((recipe) => bare(recipe.template))).toEqual([]);
  });

  it("come with a task in Arabic", () => {
    for (const { name, sample } of kRecipes.ar) expect(kArabic.test(JSON.stringify(sample)), name).toBe(true);
  });
});
