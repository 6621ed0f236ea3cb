// Ready starts for a project: the templates of examples/templates, settings that suit them, and a task to look at.
import boxes from "../../../examples/templates/boxes.json";
import classification from "../../../examples/templates/classification.json";
import preference from "../../../examples/templates/preference_pairs.json";
import rubric from "../../../examples/templates/rubric_grading.json";
import demonstrations from "../../../examples/templates/sft_demonstrations.json";
import spans from "../../../examples/templates/spans.json";
import type { Schemas } from "../api/client";
import type { Language } from "../i18n/settings";
import type { Payload, Template } from "../task/template";
import { inArabic } from "./recipes_ar";
import { kSamples, type SampleName } from "./samples";

// What is left out has its default.
type Settings = Schemas["ProjectSettings"];

export type RecipeName = SampleName;

export interface Recipe {
  name: RecipeName;
  template: Template;
  settings: Partial<Settings>;
  sample: Payload;
}

// "$schema" is for editors of files.
function plain(document: object): Template {
  const { $schema: _, ...rest } = document as { $schema?: string };
  return rest as Template;
}

const adaptive: Partial<Settings> = { overlap: { kind: "adaptive", labels_per_task: 2, max_labels_per_task: 5, target_posterior: 0.95, stratified_share: 0.1 } };
const fixed = (labels_per_task: number, review_share: number): Partial<Settings> => ({
  overlap: { kind: "fixed", labels_per_task, max_labels_per_task: 7, target_posterior: 0.95, stratified_share: 0.1 },
  review_share,
});

const kPlain: readonly Omit<Recipe, "sample">[] = [
  { name: "preference", template: plain(preference), settings: adaptive },
  { name: "rubric", template: plain(rubric), settings: fixed(3, 0.1) },
  { name: "demonstrations", template: plain(demonstrations), settings: fixed(1, 0.3) },
  { name: "classification", template: plain(classification), settings: adaptive },
  { name: "spans", template: plain(spans), settings: fixed(2, 0.2) },
  { name: "boxes", template: plain(boxes), settings: fixed(2, 0.2) },
  {
    name: "empty",
    template: { display: [{ type: "text", path: "/text" }], questions: [{ name: "answer", type: "choice", options: [{ value: "yes" }, { value: "no" }] }] },
    settings: adaptive,
  },
];

/** The recipes with their texts, and a task to look at, in a language. Values and names stay: they are what is exported. */
export const kRecipes: Record<Language, readonly Recipe[]> = {
  en: kPlain.map((recipe) => ({ ...recipe, sample: kSamples.en[recipe.name] })),
  ar: kPlain.map((recipe) => ({ ...recipe, template: inArabic(recipe.name, recipe.template), sample: kSamples.ar[recipe.name] })),
};

export const recipeOf = (language: Language, name: string | null): Recipe | undefined => kRecipes[language].find((recipe) => recipe.name === name);
