// The annotators of a supplier: pseudonyms, what they may work on, their state.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take, takePages, type Schemas } from "../api/client";
import { queries, useRead } from "../api/query";
import { useAnnotatorName } from "../project/annotator_names";
import { Badge, Button, Confirm, Empty, Field, Loaded, Menu, Table, toast } from "../ui";
import { useAct } from "../ui/act";
import { useAddress } from "../ui/address";
import { AnnotatorDialog } from "./annotator_dialog";
import { SupplierState } from "./parts";

type Annotator = Schemas["Annotator"];
interface AnnotatorsProps {
  supplierId: string;
  mayChange: boolean;
}

export const useAnnotators = (supplierId: string) =>
  useRead(["annotators", supplierId], () => takePages((after) => api.GET("/api/v1/suppliers/{supplier_id}/annotators", { params: { path: { supplier_id: supplierId }, query: { after, limit: 500 } } }), 5000));

export function Annotators({ supplierId, mayChange }: AnnotatorsProps) {
  const { t } = useTranslation("suppliers");
  const annotators = useAnnotators(supplierId);
  const [value, change] = useAddress();
  const [edited, setEdited] = useState<Annotator | "new" | null>(null);
  const nameOf = useAnnotatorName();
  const find = (value("annotator") ?? "").toLowerCase();
  const isShown = (row: Annotator) => [nameOf(row), row.contributor_id, row.annotator_id, ...row.teams, ...row.languages, ...row.domains].some((text) => text.toLowerCase().includes(find));
  return (
    <div className="stack">
      <div className="filters">
        <Field label={t("find_annotator")} type="search" value={value("annotator") ?? ""} onChange={(text) => change({ annotator: text })} />
        {mayChange ? <Button onPress={() => setEdited("new")}>{t("new_annotator")}</Button> : null}
      </div>
      <Loaded query={annotators}>
        {(rows) => {
          if (!rows.length) return <Empty title={t("no_annotator")} text={t("no_annotator_text")} />;
          const shown = rows.filter(isShown);
          return shown.length ? <AnnotatorTable rows={shown} mayChange={mayChange} onEdit={setEdited} /> : <Empty title={t("none_such")} />;
        }}
      </Loaded>
      <AnnotatorDialog supplierId={supplierId} annotator={edited} onClose={() => setEdited(null)} />
    </div>
  );
}

interface AnnotatorTableProps {
  rows: readonly Annotator[];
  mayChange: boolean;
  onEdit: (annotator: Annotator) => void;
}

function AnnotatorTable({ rows, mayChange, onEdit }: AnnotatorTableProps) {
  const { t } = useTranslation("suppliers");
  const [stopped, setStopped] = useState<Annotator | null>(null);
  const nameOf = useAnnotatorName();
  const act = useAct();
  const turn = (annotator: Annotator) =>
    act(async () => {
      const params = { path: { annotator_id: annotator.annotator_id } };
      if (annotator.state === "active") await take(api.POST("/api/v1/annotators/{annotator_id}:suspend", { params }));
      else await take(api.POST("/api/v1/annotators/{annotator_id}:resume", { params }));
      await queries.invalidateQueries({ queryKey: ["annotators", annotator.supplier_id] });
      toast(t("saved"));
    });
  return (
    <>
      <Table
        label={t("annotators")}
        rows={rows}
        keyOf={(row) => row.annotator_id}
        columns={[
          { id: "name", title: t("contributor"), cell: (row) => <NameCell row={row} /> },
          { id: "state", title: t("state"), cell: (row) => <SupplierState state={row.state} /> },
          { id: "teams", title: t("teams"), cell: (row) => <Words words={row.teams} otherwise="–" /> },
          { id: "languages", title: t("languages"), cell: (row) => <Words words={row.languages} otherwise={t("any")} /> },
          { id: "domains", title: t("domains"), cell: (row) => <Words words={row.domains} otherwise={t("any")} /> },
          {
            id: "more",
            title: <span className="sr-only">{t("change")}</span>,
            cell: (row) =>
              mayChange ? (
                <Menu
                  label={t("change_of", { name: nameOf(row) })}
                  entries={[
                    { id: "edit", label: t("edit"), onAction: () => onEdit(row) },
                    { id: "turn", label: row.state === "active" ? t("suspend") : t("resume"), onAction: () => (row.state === "active" ? setStopped(row) : turn(row)) },
                  ]}
                >
                  <span aria-hidden="true">⋯</span>
                </Menu>
              ) : null,
          },
        ]}
      />
      {stopped ? (
        <Confirm title={t("suspend_of", { name: nameOf(stopped) })} text={t("suspend_annotator_text")} action={t("suspend")} isDangerous isOpen onClose={() => setStopped(null)} onConfirm={() => turn(stopped)} />
      ) : null}
    </>
  );
}

function NameCell({ row }: { row: Annotator }) {
  const nameOf = useAnnotatorName();
  return (
    <div>
      <bdi>{nameOf(row)}</bdi>
      <br />
      <code dir="ltr" className="muted">
        {row.annotator_id}
      </code>
    </div>
  );
}

function Words({ words, otherwise }: { words: readonly string[]; otherwise: string }) {
  if (!words.length) return <span className="muted">{otherwise}</span>;
  return (
    <span className="row">
      {words.map((word) => (
        <Badge key={word}>
          <bdi>{word}</bdi>
        </Badge>
      ))}
    </span>
  );
}
