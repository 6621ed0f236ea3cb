// What each column of the file becomes.
import { useTranslation } from "react-i18next";
import type { Question } from "../task/template";
import { Select, Table } from "../ui";
import { columnsOf, type Mapping, type Role, type Row } from "./rows";

interface ColumnsProps {
  rows: readonly Row[];
  mapping: Mapping;
  questions: readonly Question[];
  onChange: (mapping: Mapping) => void;
}

const kRoles = ["external_id", "payload", "whole_payload", "domain", "language", "priority", "batch", "ignored"] as const;
const kNoGold = new Set<Question["type"]>(["chat", "file"]);

const shortOf = (value: unknown): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? "");
  return text.length > 90 ? `${text.slice(0, 90)}…` : text;
};

export function Columns({ rows, mapping, questions, onChange }: ColumnsProps) {
  const { t } = useTranslation("console");
  const options: { value: Role; label: string }[] = [
    ...kRoles.map((role) => ({ value: role, label: t(`role_of_${role}`) })),
    ...questions.filter((question) => !kNoGold.has(question.type)).map((question) => ({ value: `gold:${question.name}` as const, label: t("role_of_gold", { question: question.title ?? question.name }) })),
  ];
  return (
    <Table
      label={t("step_columns")}
      rows={columnsOf(rows)}
      keyOf={(column) => column}
      columns={[
        { id: "name", title: t("column"), cell: (column) => <bdi className="strong">{column}</bdi> },
        { id: "sample", title: t("sample"), cell: (column) => <bdi className="muted small">{shortOf(rows.find((row) => row[column] !== "" && row[column] !== undefined)?.[column])}</bdi> },
        {
          id: "role",
          title: t("becomes"),
          cell: (column) => (
            <Select label={t("role_of", { column })} isLabelHidden value={mapping[column] ?? "payload"} options={options} onChange={(role) => onChange({ ...mapping, [column]: role })} />
          ),
        },
      ]}
    />
  );
}
