// The texts of the recipes in Arabic, laid over the English documents by JSON pointer.
import type { Template } from "../task/template";
import texts from "./recipes_ar.json";

type Node = Record<string, unknown>;

function put(document: object, pointer: string, text: string): void {
  const steps = pointer.slice(1).split("/");
  const last = steps.pop() ?? "";
  const place = steps.reduce<unknown>((node, step) => (node as Node)[step], document);
  (place as Node)[last] = text;
}

export function inArabic(name: keyof typeof texts, template: Template): Template {
  const copy = structuredClone(template);
  for (const [pointer, text] of Object.entries(texts[name])) put(copy, pointer, text);
  return copy;
}
