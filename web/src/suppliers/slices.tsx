// The same accuracy, domain by domain or language by language: who is good at what.
import { useTranslation } from "react-i18next";
import { api, take, type Schemas } from "../api/client";
import { useRead } from "../api/query";
import { formatNumber } from "../i18n/format";
import { Card, Empty, Loaded, ScrollBox, Select, Whisker } from "../ui";
import { useAddress } from "../ui/address";
import { intervalText, isKnown, kUnknown, shareText, type NamedCard } from "./figures";
import { Mark } from "./mark";

interface SlicesProps {
  projectId: string;
  question: string;
  cards: readonly NamedCard[];
}

export function Slices({ projectId, question, cards }: SlicesProps) {
  const { t } = useTranslation("suppliers");
  const [value, change] = useAddress();
  const by = value("by") === "language" ? "language" : "domain";
  const params = { path: { project_id: projectId }, query: { question, by } as const };
  const slices = useRead(["slices", projectId, question, by], () => take(api.GET("/api/v1/projects/{project_id}/suppliers/slices", { params })), { staleTime: 60_000 });
  return (
    <Card title={t("by_slice")}>
      <div className="stack">
        <div className="filters">
          <Select
            label={t("slice_by")}
            value={by}
            options={[
              { value: "domain", label: t("domain") },
              { value: "language", label: t("language") },
            ]}
            onChange={(next) => change({ by: next === "language" ? next : null })}
          />
        </div>
        <Loaded query={slices}>{(found) => <SliceTable found={found} cards={cards} />}</Loaded>
      </div>
    </Card>
  );
}

function SliceTable({ found, cards }: { found: Schemas["SupplierSlices"]; cards: readonly NamedCard[] }) {
  const { t } = useTranslation("suppliers");
  if (!found.slices.some((slice) => slice.value)) return <Empty title={t("no_slice")} text={t(`no_slice_${found.by}`)} />;
  return (
    <>
      <ScrollBox label={t("by_slice")}>
        <table className="table versus" aria-label={t("by_slice")}>
          <thead>
            <tr>
              <th scope="col">{t(found.by)}</th>
              {cards.map((card) => (
                <th key={card.supplier_id} scope="col">
                  <span className="row">
                    <Mark series={card.series} />
                    <bdi>{card.name}</bdi>
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.slices.map((slice) => (
              <tr key={slice.value}>
                <th scope="row">
                  <bdi>{slice.value || t("without")}</bdi>
                  <span className="muted small note">{t("on_tasks", { number: formatNumber(slice.task_count) })}</span>
                </th>
                {cards.map((card) => (
                  <td key={card.supplier_id}>
                    <Cell slice={slice.suppliers.find((row) => row.supplier_id === card.supplier_id)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {found.left_out_count ? <p className="muted small">{t("left_out", { number: formatNumber(found.left_out_count) })}</p> : null}
    </>
  );
}

function Cell({ slice }: { slice: Schemas["SupplierSlice"] | undefined }) {
  const { t } = useTranslation("suppliers");
  if (!slice || slice.accuracy === null) return <span className="muted">{kUnknown}</span>;
  const ends = slice.accuracy_interval;
  return (
    <div className="figure">
      <bdi className="number">{shareText(slice.accuracy)}</bdi>
      {isKnown(ends) ? (
        <>
          <bdi className="muted small number">{intervalText(ends)}</bdi>
          <Whisker low={ends[0]} high={ends[1]} />
        </>
      ) : null}
      <span className="muted small">{t("labels", { number: formatNumber(slice.label_count) })}</span>
    </div>
  );
}
