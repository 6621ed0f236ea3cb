// The scorecards side by side: a column a supplier, a row a figure.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatDuration, formatNumber } from "../i18n/format";
import { Badge, ScrollBox, Whisker } from "../ui";
import { intervalText, isKnown, kUnknown, moneyIntervalText, moneyText, shareText, signed, type NamedCard } from "./figures";
import { Mark } from "./mark";

interface Figure {
  id: string;
  label: string;
  note?: string;
  cell: (card: NamedCard) => ReactNode;
}

export function Scorecards({ cards }: { cards: readonly NamedCard[] }) {
  const { t } = useTranslation("suppliers");
  const figures = useFigures();
  return (
    <ScrollBox label={t("side_by_side")}>
      <table className="table versus" aria-label={t("side_by_side")}>
        <thead>
          <tr>
            <td />
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
          {figures.map((figure) => (
            <tr key={figure.id}>
              <th scope="row">
                {figure.label}
                {figure.note ? <span className="muted small note">{figure.note}</span> : null}
              </th>
              {cards.map((card) => (
                <td key={card.supplier_id}>{figure.cell(card)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function useFigures(): readonly Figure[] {
  const { t } = useTranslation("suppliers");
  return [
    { id: "accuracy", label: t("accuracy"), note: t("accuracy_note"), cell: (card) => <Accuracy card={card} /> },
    { id: "cost", label: t("cost_per_correct"), note: t("cost_per_correct_note"), cell: (card) => <Value value={moneyText(card.cost_per_accepted_correct_label, card.currency)} note={moneyIntervalText(card.cost_per_accepted_correct_label_interval, card.currency)} /> },
    { id: "price", label: t("price"), cell: (card) => <Value value={moneyText(card.price_per_annotation, card.currency)} note={card.cost === null ? "" : t("in_all", { amount: moneyText(card.cost, card.currency) })} /> },
    { id: "volume", label: t("volume"), cell: (card) => <Value value={formatNumber(card.annotation_count)} note={t("on_tasks", { number: formatNumber(card.task_count) })} /> },
    { id: "gold", label: t("gold"), cell: (card) => <Gold card={card} /> },
    { id: "speed", label: t("speed"), cell: (card) => <Value value={card.mean_seconds === null ? kUnknown : formatDuration(card.mean_seconds)} /> },
    { id: "rework", label: t("rework"), cell: (card) => <Value value={shareText(card.rework_rate)} note={card.reviewed_count ? t("of_reviewed", { number: formatNumber(card.reviewed_count) }) : t("none_reviewed")} /> },
    { id: "moved", label: t("moved"), note: t("moved_note"), cell: (card) => <Value value={formatNumber(card.moved_label_count)} note={t("moved_right", { number: formatNumber(card.moved_right_label_count) })} /> },
    { id: "drift", label: t("drift"), note: t("drift_note"), cell: (card) => <Drift card={card} /> },
    { id: "flags", label: t("flags"), cell: (card) => <Flags card={card} /> },
  ];
}

function Value({ value, note }: { value: string; note?: string }) {
  return (
    <div className="figure">
      <bdi className="number">{value}</bdi>
      {note ? <bdi className="muted small number">{note}</bdi> : null}
    </div>
  );
}

function Accuracy({ card }: { card: NamedCard }) {
  const { t } = useTranslation("suppliers");
  const ends = card.accuracy_interval;
  return (
    <div className="figure strong">
      <bdi className="number">{shareText(card.accuracy)}</bdi>
      {isKnown(ends) ? (
        <>
          <bdi className="muted small number">{intervalText(ends)}</bdi>
          <Whisker low={ends[0]} high={ends[1]} />
        </>
      ) : null}
      <span className="muted small">{t(`basis_${card.basis}`, { number: formatNumber(card.label_count) })}</span>
    </div>
  );
}

function Gold({ card }: { card: NamedCard }) {
  const { t } = useTranslation("suppliers");
  if (!card.gold_label_count) return <Value value={kUnknown} note={t("no_gold")} />;
  return <Value value={shareText(card.gold_correct_count / card.gold_label_count)} note={t("of_gold", { right: formatNumber(card.gold_correct_count), all: formatNumber(card.gold_label_count) })} />;
}

function Drift({ card }: { card: NamedCard }) {
  const { t } = useTranslation("suppliers");
  if (!card.drift) return <Value value={kUnknown} note={t("few_labels")} />;
  const points = (card.drift.change ?? 0) * 100;
  return <Value value={t("points", { shown: signed(points, 1) })} note={t("errors", { shown: signed(card.drift.z ?? 0, 1) })} />;
}


function Flags({ card }: { card: NamedCard }) {
  const { t } = useTranslation("suppliers");
  if (!card.flags.length) return <Badge tone="good">{t("no_flag")}</Badge>;
  return (
    <span className="row">
      {card.flags.map((flag) => (
        <Badge key={flag} tone="bad">
          {t(`flag_${flag}`)}
        </Badge>
      ))}
    </span>
  );
}
