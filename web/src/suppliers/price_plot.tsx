// Price against quality: a mark a supplier, its 95 % interval as a cross. Cheap and good is up, at the side where reading begins.
import { useTranslation } from "react-i18next";
import { formatPercent } from "../i18n/format";
import { useSettings } from "../i18n/settings";
import { Select } from "../ui";
import { useAddress } from "../ui/address";
import { intervalText, isKnown, moneyText, shareText, ticksOf, type Ends, type NamedCard } from "./figures";
import { colourOf, Mark, shapeOf } from "./mark";

interface Point {
  card: NamedCard;
  x: number;
  xEnds: Ends;
  y: number;
  yEnds: readonly [number, number];
}

const kWidth = 460;
const kHeight = 300;
const kEdge = { start: 58, end: 26, top: 14, bottom: 54 };

type Cost = "correct" | "price";

function pointsOf(cards: readonly NamedCard[], cost: Cost): Point[] {
  return cards.flatMap((card) => {
    const x = cost === "price" ? card.price_per_annotation : card.cost_per_accepted_correct_label;
    const xEnds: Ends = cost === "price" ? [x, x] : card.cost_per_accepted_correct_label_interval;
    if (x === null || card.accuracy === null || !isKnown(card.accuracy_interval)) return [];
    return [{ card, x, xEnds, y: card.accuracy, yEnds: card.accuracy_interval }];
  });
}

export function PricePlot({ cards }: { cards: readonly NamedCard[] }) {
  const { t } = useTranslation("suppliers");
  const [value, change] = useAddress();
  const cost: Cost = value("x") === "price" ? "price" : "correct";
  const points = pointsOf(cards, cost);
  if (!points.length) return <p className="muted">{t("no_price")}</p>;
  const missing = cards.filter((card) => !points.some((point) => point.card === card)).map((card) => card.name);
  return (
    <figure className="stack tight">
      <Select
        label={t("price_axis")}
        value={cost}
        options={[
          { value: "correct", label: t("cost_per_correct") },
          { value: "price", label: t("price") },
        ]}
        onChange={(next) => change({ x: next === "price" ? "price" : null })}
      />
      <Plot points={points} cost={cost} />
      <ul className="legend">
        {points.map(({ card }) => (
          <li key={card.supplier_id} className="row">
            <Mark series={card.series} />
            <bdi>{card.name}</bdi>
          </li>
        ))}
      </ul>
      <figcaption className="muted small">
        {t("plot_caption")} {missing.length ? t("without_price", { names: missing.join(t("comma")) }) : null}
      </figcaption>
    </figure>
  );
}

function Plot({ points, cost }: { points: readonly Point[]; cost: Cost }) {
  const { t } = useTranslation("suppliers");
  const { language } = useSettings();
  const isMirrored = language === "ar";
  const currency = points[0]?.card.currency ?? "";
  const most = Math.max(...points.flatMap((point) => [point.x, point.xEnds[1] ?? point.x])) * 1.08 || 1;
  const low = Math.max(0, Math.min(...points.map((point) => point.yEnds[0])) - 0.03);
  const high = Math.min(1, Math.max(...points.map((point) => point.yEnds[1])) + 0.03);
  const across = (x: number) => kEdge.start + (x / most) * (kWidth - kEdge.start - kEdge.end);
  const px = (x: number) => (isMirrored ? kWidth - across(x) : across(x));
  const py = (y: number) => kEdge.top + ((high - y) / (high - low || 1)) * (kHeight - kEdge.top - kEdge.bottom);
  const said = points.map(({ card, x, y, yEnds }) => `${card.name}: ${moneyText(x, currency)}, ${shareText(y)} (${intervalText(yEnds)})`).join("; ");
  const axisStart = isMirrored ? kWidth - kEdge.start : kEdge.start;
  const axisEnd = isMirrored ? kEdge.end : kWidth - kEdge.end;
  return (
    <svg className="plot" viewBox={`0 0 ${String(kWidth)} ${String(kHeight)}`} role="img" aria-label={`${t("price_quality")}. ${said}`}>
      {ticksOf(low, high, 5).map((tick) => (
        <g key={tick}>
          <line className="grid-line" x1={axisStart} x2={axisEnd} y1={py(tick)} y2={py(tick)} />
          <text x={isMirrored ? axisStart + 8 : axisStart - 8} y={py(tick) + 4} textAnchor={isMirrored ? "start" : "end"} direction="ltr">
            {formatPercent(tick, (high - low) / 5 < 0.01 ? 1 : 0)}
          </text>
        </g>
      ))}
      {ticksOf(0, most, 4).map((tick) => (
        <text key={tick} x={px(tick)} y={kHeight - kEdge.bottom + 20} textAnchor="middle" direction="ltr">
          {moneyText(tick, currency, most < 0.1 ? 3 : 2)}
        </text>
      ))}
      <line className="axis-line" x1={axisStart} x2={axisEnd} y1={kHeight - kEdge.bottom} y2={kHeight - kEdge.bottom} />
      <text className="axis-name" x={(axisStart + axisEnd) / 2} y={kHeight - 6} textAnchor="middle">
        {t(cost === "price" ? "price" : "cost_per_correct")}
      </text>
      {points.map(({ card, x, xEnds, y, yEnds }) => (
        <g key={card.supplier_id} stroke={colourOf(card.series)} fill={colourOf(card.series)}>
          <line className="bar" x1={px(x)} x2={px(x)} y1={py(yEnds[0])} y2={py(yEnds[1])} />
          {isKnown(xEnds) ? <line className="bar" x1={px(xEnds[0])} x2={px(xEnds[1])} y1={py(y)} y2={py(y)} /> : null}
          <path d={shapeOf(card.series)} transform={`translate(${String(px(x))} ${String(py(y))})`} stroke="var(--surface)" strokeWidth="1.5" />
        </g>
      ))}
    </svg>
  );
}
