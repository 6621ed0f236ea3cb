// What the values of a question are called: the titles of its template; a value alone is a code.
import { useMemo } from "react";
import { useTemplate } from "./reads";

/** What a question's options, labels, criteria and verdicts are called, by value or name. */
export function titlesOf(node: unknown, titles = new Map<string, string>()): ReadonlyMap<string, string> {
  if (typeof node !== "object" || node === null) return titles;
  if (Array.isArray(node)) {
    for (const each of node as { value?: string; name?: string; title?: string }[]) {
      const key = each.value ?? each.name;
      if (key !== undefined && each.title) titles.set(key, each.title);
    }
  }
  for (const child of Object.values(node)) titlesOf(child, titles);
  return titles;
}

/** The title of a class of a question in the newest template; the class itself while there is none. */
export function useClassTitles(projectId: string): (question: string, value: string) => string {
  const template = useTemplate(projectId);
  const questions = template.data?.document.questions;
  return useMemo(() => {
    const titles = new Map((questions ?? []).map((each) => [each.name, titlesOf(each)]));
    return (question, value) => titles.get(question)?.get(value) ?? value;
  }, [questions]);
}
