// A recording: its shape to see and to jump in, speed, and steps of five seconds. What cannot be drawn has the browser's own player.
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDuration, formatNumber } from "../../i18n/format";
import { Button } from "../../ui";
import { usePlayer } from "./player";
import { mayBeDrawn, readShape, type Shape } from "./wave";
import { WaveSlider } from "./wave_slider";
import "./sound.css";

const kRates = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;
const kJump = 5;

export default function Sound({ src }: { src: string | undefined }) {
  const { t } = useTranslation("task");
  const [element, setElement] = useState<HTMLAudioElement | null>(null);
  // undefined: not known yet.
  const [shape, setShape] = useState<Shape | null | undefined>(undefined);
  const [local, setLocal] = useState<string | null>(null);
  const player = usePlayer(element);
  const { seconds, at, isPlaying, hasFailed, toggle, seek } = player;
  const isKnown = !Number.isNaN(seconds);
  useEffect(() => {
    if (!src || !element || !isKnown || shape !== undefined) return;
    if (!mayBeDrawn(element.duration)) return setShape(null);
    const stop = new AbortController();
    void readShape(src, stop.signal).then((found) => {
      if (stop.signal.aborted) return;
      setShape(found);
      // What was read is not loaded again, and can be jumped in even where its server sends no parts of files.
      if (found?.file && element.paused && element.currentTime === 0) setLocal(URL.createObjectURL(found.file));
    });
    return () => stop.abort();
  }, [src, element, isKnown, shape]);
  useEffect(() => () => URL.revokeObjectURL(local ?? ""), [local]);
  const isNative = shape === null || hasFailed;
  return (
    <div className="sound">
      <div className="sound-screen" dir="ltr">
        <audio controls={isNative} preload="metadata" src={local ?? src} ref={setElement} aria-label={t("recording")} />
        {isNative ? null : <WaveSlider player={player} peaks={shape?.peaks ?? null} />}
      </div>
      {hasFailed ? (
        <p className="error" role="alert">
          {t("recording_fails")}
        </p>
      ) : null}
      <div className="row">
        {isNative ? null : (
          <>
            <Button size="s" kind="primary" onPress={toggle}>
              {isPlaying ? t("pause") : t("play")}
            </Button>
            <span className="number small sound-time" dir="ltr">
              {formatDuration(at)} / {Number.isFinite(seconds) ? formatDuration(seconds) : "–"}
            </span>
          </>
        )}
        <Button size="s" onPress={() => seek(at - kJump)}>
          {t("back_seconds", { seconds: kJump })}
        </Button>
        <Button size="s" onPress={() => seek(at + kJump)}>
          {t("on_seconds", { seconds: kJump })}
        </Button>
        <select
          className="input rate"
          aria-label={t("speed")}
          defaultValue="1"
          onChange={(event) => {
            if (element) element.playbackRate = Number(event.target.value);
          }}
        >
          {kRates.map((rate) => (
            <option key={rate} value={rate}>
              {formatNumber(rate, rate % 1 === 0 ? 0 : rate % 0.5 === 0 ? 1 : 2)}×
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
