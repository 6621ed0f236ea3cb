import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatPercent } from "../i18n/format";
import { useAnnotatorNames } from "../project/annotator_names";
import { useQuestionNames, useSupplierNames } from "../project/reads";
import { api, take } from "../api/client";
import { useRead } from "../api/query";
import { Button, Field, Select } from "../ui";
import { kRanges, kShares, kStates, type Filters } from "./filters";

interface FilterBarProps {
  projectId: string;
  filters: Filters;
  onChange: (change: Filters) => void;
}

/** Text that is passed on when the writer rests. */
function useRested(value: string, onRest: (value: string) => void): [string, (value: string) => void] {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onRest(text), 350);
    return () => clearTimeout(timer);
  });
  return [text, setText];
}

export function FilterBar({ projectId, filters, onChange }: FilterBarProps) {
  const { t } = useTranslation("console");
  const questions = useQuestionNames(projectId);
  const [search, setSearch] = useRested(filters.search ?? "", (value) => onChange({ search: value }));
  const [domain, setDomain] = useRested(filters.domain ?? "", (value) => onChange({ domain: value }));
  const [language, setLanguage] = useRested(filters.language ?? "", (value) => onChange({ language: value }));
  const any = { value: "any", label: t("any") };
  const pick = (name: keyof Filters) => (value: string) => onChange({ [name]: value === "any" ? "" : value });
  return (
    <div className="filters" role="search" aria-label={t("filter_tasks")}>
      <Field label={t("search_id")} type="search" value={search} onChange={setSearch} />
      <Select label={t("state")} value={filters.state ?? "any"} onChange={pick("state")} options={[any, ...kStates.map((state) => ({ value: state, label: t(`state_${state}`) }))]} />
      {questions.length > 1 ? (
        <Select label={t("question")} value={filters.question ?? questions[0] ?? ""} onChange={pick("question")} options={questions.map((name) => ({ value: name, label: name }))} />
      ) : null}
      <Select
        label={t("confidence")}
        value={filters.confidence ?? "any"}
        onChange={pick("confidence")}
        options={[
          any,
          ...kRanges.map((range) => {
            const [from = 0, to = 1] = range.split("-").map(Number);
            return { value: range, label: `${formatPercent(from, 0)} – ${formatPercent(to, 0)}` };
          }),
        ]}
      />
      <Select
        label={t("disagreement")}
        value={filters.top_share_below ?? "any"}
        onChange={pick("top_share_below")}
        options={[any, ...kShares.map((share) => ({ value: share, label: share === "0.99" ? t("some_disagree") : t("agree_below", { share: formatPercent(Number(share), 0) }) }))]}
      />
      <Supplier projectId={projectId} value={filters.supplier_id} onChange={pick("supplier_id")} />
      <Field label={t("domain")} value={domain} onChange={setDomain} />
      <Field label={t("task_language")} value={language} onChange={setLanguage} />
      <Select
        label={t("order")}
        value={filters.order ?? "task"}
        onChange={(value) => onChange({ order: value === "task" ? "" : value })}
        options={[
          { value: "task", label: t("order_task") },
          { value: "confidence", label: t("order_confidence") },
        ]}
      />
      {filters.annotator_id ? <Annotator projectId={projectId} id={filters.annotator_id} onClear={() => onChange({ annotator_id: "" })} /> : null}
      {Object.keys(filters).length > 0 ? (
        <Button kind="quiet" onPress={() => onChange(Object.fromEntries(Object.keys(filters).map((name) => [name, ""])))}>
          {t("clear_filters")}
        </Button>
      ) : null}
    </div>
  );
}

const useSuppliersOfProject = (projectId: string) =>
  useRead(["project_suppliers", projectId], () => take(api.GET("/api/v1/projects/{project_id}/suppliers", { params: { path: { project_id: projectId } } })));

function Supplier({ projectId, value, onChange }: { projectId: string; value: string | undefined; onChange: (value: string) => void }) {
  const { t } = useTranslation("console");
  const nameOf = useSupplierNames();
  const rows = useSuppliersOfProject(projectId).data?.data ?? [];
  if (rows.length === 0) return null;
  const options = [{ value: "any", label: t("any") }, ...rows.map((row) => ({ value: row.supplier_id, label: nameOf(row.supplier_id) }))];
  return <Select label={t("labelled_by")} value={value ?? "any"} onChange={onChange} options={options} />;
}

function Annotator({ projectId, id, onClear }: { projectId: string; id: string; onClear: () => void }) {
  const { t } = useTranslation("console");
  const nameOf = useAnnotatorNames((useSuppliersOfProject(projectId).data?.data ?? []).map((row) => row.supplier_id));
  return (
    <Button onPress={onClear} aria-label={t("clear_annotator", { name: nameOf(id) })}>
      <bdi>{nameOf(id)}</bdi> ✕
    </Button>
  );
}
