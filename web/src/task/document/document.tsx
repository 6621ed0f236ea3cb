// A PDF, page by page. What cannot be read from here is a link, as every document has beside.
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { formatPercent } from "../../i18n/format";
import { Button } from "../../ui";
import { draw, openDocument, wordsOf } from "./pdf";
import "./document.css";

const kZooms = [0.5, 0.75, 1, 1.5, 2, 3] as const;

function useDocument(src: string): { pages: PDFDocumentProxy | null; hasFailed: boolean } {
  const [pages, setPages] = useState<PDFDocumentProxy | null>(null);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    let isGone = false;
    const task = openDocument(src);
    task.promise.then(
      (found) => {
        if (!isGone) setPages(found);
      },
      () => {
        if (!isGone) setFailed(true);
      },
    );
    return () => {
      isGone = true;
      void task.destroy();
    };
  }, [src]);
  return { pages, hasFailed };
}

/** Draws one page on a canvas, anew when the width of its frame changes; gives the words on it. */
function usePage(pages: PDFDocumentProxy | null, number: number, zoom: number) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [words, setWords] = useState("");
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!frame.current) return;
    const look = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    look.observe(frame.current);
    return () => look.disconnect();
  }, [pages]);
  useEffect(() => {
    if (!pages || !width) return;
    let stop = () => undefined as void;
    let isGone = false;
    void (async () => {
      const page = await pages.getPage(number);
      if (isGone || !canvas.current) return;
      const drawing = draw(page, canvas.current, width, zoom);
      stop = () => drawing.cancel();
      // Cancelled: another page or size is on its way.
      await drawing.promise.catch(() => undefined);
      const said = await wordsOf(page);
      if (!isGone) setWords(said);
    })().catch(() => undefined);
    return () => {
      isGone = true;
      stop();
    };
  }, [pages, number, zoom, width]);
  return { canvas, frame, words };
}

export default function Document({ src }: { src: string }) {
  const { t } = useTranslation("task");
  const [number, setNumber] = useState(1);
  const [zoomAt, setZoomAt] = useState(kZooms.indexOf(1));
  const { pages, hasFailed } = useDocument(src);
  const zoom = kZooms[zoomAt] ?? 1;
  const { canvas, frame, words } = usePage(pages, number, zoom);
  const count = pages?.numPages ?? 1;
  const go = (to: number) => {
    setNumber(Math.max(1, Math.min(count, to)));
    frame.current?.scrollTo({ top: 0 });
  };
  const resize = (by: number) => setZoomAt((now) => Math.max(0, Math.min(kZooms.length - 1, now + by)));
  const onKey = (event: KeyboardEvent) => {
    const actions: Record<string, () => void> = { PageDown: () => go(number + 1), PageUp: () => go(number - 1), Home: () => go(1), End: () => go(count), "+": () => resize(1), "-": () => resize(-1) };
    const action = event.ctrlKey || event.altKey || event.metaKey ? undefined : actions[event.key];
    if (!action) return;
    action();
    event.preventDefault();
    event.stopPropagation();
  };
  if (hasFailed) return <p className="hint">{t("document_fails")}</p>;
  return (
    <div className="document">
      <div className="row">
        <Button size="s" isDisabled={number <= 1} onPress={() => go(number - 1)}>
          {t("page_before")}
        </Button>
        <span className="number small" role="status">
          {t("page_of", { number, pages: count })}
        </span>
        <Button size="s" isDisabled={number >= count} onPress={() => go(number + 1)}>
          {t("page_after")}
        </Button>
        <span className="document-zoom">
          <Button size="s" kind="quiet" aria-label={t("smaller")} isDisabled={zoomAt === 0} onPress={() => resize(-1)}>
            −
          </Button>
          <span className="number small">{formatPercent(zoom, 0)}</span>
          <Button size="s" kind="quiet" aria-label={t("larger")} isDisabled={zoomAt === kZooms.length - 1} onPress={() => resize(1)}>
            +
          </Button>
        </span>
      </div>
      <div className="document-page" ref={frame} dir="ltr" tabIndex={0} role="region" aria-label={t("page_of", { number, pages: count })} onKeyDown={onKey}>
        <canvas ref={canvas} aria-hidden="true" />
        <p className="sr-only" dir="auto">
          {words}
        </p>
      </div>
    </div>
  );
}
