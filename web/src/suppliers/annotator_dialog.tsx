import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take, type Schemas } from "../api/client";
import { queries } from "../api/query";
import { useAnnotatorName } from "../project/annotator_names";
import { FormProblem, useSubmit } from "../session/door";
import { Button, Dialog, Field, toast } from "../ui";
import { listOf } from "../admin/settings_form";

type Annotator = Schemas["Annotator"];
interface AnnotatorDialogProps {
  supplierId: string;
  annotator: Annotator | "new" | null;
  onClose: () => void;
}

export function AnnotatorDialog({ supplierId, annotator, onClose }: AnnotatorDialogProps) {
  const { t } = useTranslation("suppliers");
  const nameOf = useAnnotatorName();
  const title = annotator === "new" || !annotator ? t("new_annotator") : t("edit_of", { name: nameOf(annotator) });
  return (
    <Dialog title={title} isOpen={annotator !== null} onClose={onClose}>
      {annotator ? <Form supplierId={supplierId} annotator={annotator === "new" ? null : annotator} onClose={onClose} /> : null}
    </Dialog>
  );
}

function Form({ supplierId, annotator, onClose }: { supplierId: string; annotator: Annotator | null; onClose: () => void }) {
  const { t } = useTranslation(["suppliers", "common"]);
  const [contributor, setContributor] = useState("");
  const [languages, setLanguages] = useState(annotator?.languages.join("\n") ?? "");
  const [domains, setDomains] = useState(annotator?.domains.join("\n") ?? "");
  const [teams, setTeams] = useState(annotator?.teams.join("\n") ?? "");
  const { isBusy, error, submit } = useSubmit(async () => {
    const edit = { languages: listOf(languages), domains: listOf(domains), teams: listOf(teams) };
    if (annotator) {
      const params = { path: { annotator_id: annotator.annotator_id }, header: { "If-Match": `"${String(annotator.version)}"` } };
      await take(api.PATCH("/api/v1/annotators/{annotator_id}", { params, body: edit }));
    } else {
      const params = { path: { supplier_id: supplierId } };
      await take(api.POST("/api/v1/suppliers/{supplier_id}/annotators", { params, body: { contributor_id: contributor, ...edit } }));
    }
    await queries.invalidateQueries({ queryKey: ["annotators", supplierId] });
    toast(t("saved"));
    onClose();
  });
  return (
    <form className="stack" onSubmit={submit}>
      {annotator ? null : <Field label={t("contributor")} hint={t("contributor_hint")} value={contributor} onChange={setContributor} maxLength={200} isRequired autoFocus />}
      <Field label={t("teams")} hint={t("one_a_line")} value={teams} onChange={setTeams} rows={2} />
      <Field label={t("languages")} hint={t("empty_is_any")} value={languages} onChange={setLanguages} rows={2} />
      <Field label={t("domains")} hint={t("empty_is_any")} value={domains} onChange={setDomains} rows={2} />
      <FormProblem error={error} />
      <div className="row end">
        <Button onPress={onClose}>{t("common:cancel")}</Button>
        <Button type="submit" kind="primary" isPending={isBusy}>
          {t("common:save")}
        </Button>
      </div>
    </form>
  );
}
