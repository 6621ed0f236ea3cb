// Options and criteria as lines of text: "value | title".
import type { Criterion, Option } from "../task/template";

export const optionLines = (options: readonly Option[]): string => options.map((each) => (each.title && each.title !== each.value ? `${each.value} | ${each.title}` : each.value)).join("\n");

/** Options of these lines; what an old option of the same value has beside its title stays. */
export function parseOptions(text: string, old: readonly Option[]): Option[] {
  return text.split("\n").flatMap((line) => {
    const [value = "", ...title] = line.split("|").map((part) => part.trim());
    if (value === "") return [];
    const { title: _, ...kept } = old.find((each) => each.value === value) ?? { value };
    const words = title.join(" | ");
    return [{ ...kept, value, ...(words ? { title: words } : {}) }];
  });
}

export const criterionLines = (criteria: readonly Criterion[]): string =>
  criteria.map((each) => [each.name, each.title ?? "", each.weight ?? 1].join(" | ")).join("\n");

/** "name | title | weight"; without a weight it counts once. */
export function parseCriteria(text: string, old: readonly Criterion[]): Criterion[] {
  return text.split("\n").flatMap((line) => {
    const [name = "", title = "", weight = ""] = line.split("|").map((part) => part.trim());
    if (name === "") return [];
    const kept = old.find((each) => each.name === name) ?? { name };
    const number = Number(weight);
    return [{ ...kept, name, ...(title ? { title } : {}), weight: weight === "" || Number.isNaN(number) ? 1 : number }];
  });
}

/** Whether an option has options below it: a tree is edited as JSON. */
export const isTree = (options: readonly Option[]): boolean => options.some((each) => Boolean(each.options?.length));
