// A new project: what kind of labels, its name and instructions, its template with a live look at it.
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useSearchParams } from "wouter";
import { api, take } from "../api/client";
import { queries } from "../api/query";
import { useSettings } from "../i18n/settings";
import { FormProblem, useSubmit } from "../session/door";
import type { Template } from "../task/template";
import { Button, Card, Field, Page } from "../ui";
import { TemplateEditor } from "../template_editor/editor";
import { kRecipes, recipeOf, type Recipe } from "../template_editor/recipes";
import type { Schemas } from "../api/client";
import "../project/project.css";

type Settings = Schemas["ProjectSettings"];

export default function NewProjectPage() {
  const { t } = useTranslation(["console", "common"]);
  const [params, setParams] = useSearchParams();
  const { language } = useSettings();
  const recipe = recipeOf(language, params.get("recipe"));
  return (
    <Page title={t("new_project")} crumbs={[{ to: "/projects", label: t("common:nav_projects") }]} size="wide">
      <p className="muted">{t("choose_recipe")}</p>
      <fieldset className="recipes">
        <legend className="sr-only">{t("recipe")}</legend>
        {kRecipes[language].map((each) => (
          <label key={each.name} className="recipe">
            <input type="radio" name="recipe" value={each.name} checked={each.name === recipe?.name} onChange={() => setParams({ recipe: each.name }, { replace: true })} />
            <strong>{t(`recipe_${each.name}`)}</strong>
            <span className="small muted">{t(`recipe_${each.name}_text`)}</span>
          </label>
        ))}
      </fieldset>
      {recipe ? <Details key={recipe.name} recipe={recipe} /> : null}
    </Page>
  );
}

function Details({ recipe }: { recipe: Recipe }) {
  const { t } = useTranslation(["console", "common"]);
  const [, go] = useLocation();
  const [name, setName] = useState("");
  // The recipe's own, in the language of now, until somebody writes.
  const [written, setInstructions] = useState<string | null>(null);
  const [edited, setTemplate] = useState<Template | null>(null);
  const instructions = written ?? t(`recipe_${recipe.name}_instructions`);
  const template = edited ?? recipe.template;
  // Made at the first try: when its template is refused, the next try goes on with the same project.
  const made = useRef<string | null>(null);
  const { isBusy, error, submit } = useSubmit(async () => {
    if (made.current === null) {
      const project = await take(api.POST("/api/v1/projects", { body: { name, instructions, settings: recipe.settings as Settings } }));
      made.current = project.project_id;
      await queries.invalidateQueries({ queryKey: ["projects"] });
    }
    const params = { path: { project_id: made.current } };
    await take(api.POST("/api/v1/projects/{project_id}/templates", { params, body: template as unknown as Record<string, never> }));
    go(`/projects/${made.current}/import`);
  });
  return (
    <form className="stack" onSubmit={submit}>
      <Card>
        <div className="stack">
          <Field label={t("project_name")} value={name} onChange={setName} isRequired maxLength={200} isDisabled={made.current !== null} />
          <Field label={t("instructions")} hint={t("instructions_hint")} rows={6} value={instructions} onChange={setInstructions} />
        </div>
      </Card>
      <TemplateEditor template={template} sample={recipe.sample} onChange={setTemplate} error={error} />
      <FormProblem error={error} />
      <div className="row end">
        <Button type="submit" kind="primary" isPending={isBusy}>
          {t("make_project")}
        </Button>
      </div>
    </form>
  );
}
