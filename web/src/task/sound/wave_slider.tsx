// The shape of a recording, and where it is: pressed, dragged, or moved by keys. Time runs from left to right in every language.
import { useMemo, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { formatDuration } from "../../i18n/format";
import type { Player } from "./player";
import { outline } from "./wave";

const kStep = 1;
const kLargeStep = 10;
const kFlat = [0, 0];

export function WaveSlider({ player, peaks }: { player: Player; peaks: readonly number[] | null }) {
  const { t } = useTranslation("task");
  const { seconds, at, seek, toggle } = player;
  const shape = useMemo(() => outline(peaks ?? kFlat), [peaks]);
  const whole = Number.isFinite(seconds) ? seconds : 0;
  const onKey = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: -kStep, ArrowDown: -kStep, ArrowRight: kStep, ArrowUp: kStep, PageDown: -kLargeStep, PageUp: kLargeStep };
    const step = steps[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (step !== undefined) seek(at + step);
    else if (event.key === "Home") seek(0);
    else if (event.key === "End") seek(whole);
    else if (event.key === " " || event.key === "Enter") toggle();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const seekTo = (event: PointerEvent) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    seek(((event.clientX - left) / width) * whole);
  };
  const field = (className: string, style?: React.CSSProperties) => (
    <svg className={className} style={style} viewBox={`0 0 ${String(Math.max(1, (peaks ?? kFlat).length - 1))} 2`} preserveAspectRatio="none" aria-hidden="true">
      <path d={shape} />
    </svg>
  );
  const share = whole ? Math.min(1, at / whole) : 0;
  return (
    <div
      className="wave"
      role="slider"
      tabIndex={0}
      aria-label={t("recording")}
      aria-valuemin={0}
      aria-valuemax={Math.round(whole * 10) / 10}
      aria-valuenow={Math.round(at * 10) / 10}
      aria-valuetext={t("time_of", { at: formatDuration(at), whole: formatDuration(whole) })}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        seekTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event);
      }}
    >
      {field("wave-all")}
      {field("wave-played", { clipPath: `inset(0 ${String((1 - share) * 100)}% 0 0)` })}
      <span className="wave-at" style={{ left: `${String(share * 100)}%` }} />
    </div>
  );
}
