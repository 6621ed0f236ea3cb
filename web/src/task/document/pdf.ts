// pdf.js, as this app needs it: parsing in a worker of our own origin, no scripts of documents, nothing from elsewhere.
import { getDocument, GlobalWorkerOptions, type PDFDocumentLoadingTask, type PDFPageProxy, type RenderTask } from "pdfjs-dist/legacy/build/pdf.mjs";
import PdfWorker from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker";
import jbig2 from "pdfjs-dist/wasm/jbig2.wasm?url";
import openjpeg from "pdfjs-dist/wasm/openjpeg.wasm?url";
import qcms from "pdfjs-dist/wasm/qcms_bg.wasm?url";

// Decoders of scanned pages. Fonts that a document does not carry come from the reader's system.
const kDecoders: Record<string, string> = { "jbig2.wasm": jbig2, "openjpeg.wasm": openjpeg, "qcms_bg.wasm": qcms };
// Some browsers draw nothing on larger ones.
const kMostPixels = 16_000_000;

class Decoders {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const address = kDecoders[filename];
    if (!address) throw new Error(`no ${filename}`);
    return new Uint8Array(await (await fetch(address)).arrayBuffer());
  }
}

/** Reads a document a piece at a time, where its server allows that. The caller destroys what this gives. */
export function openDocument(url: string): PDFDocumentLoadingTask {
  GlobalWorkerOptions.workerPort ??= new PdfWorker();
  // Decoders are looked for only where an address for them is given; ours come from the class.
  return getDocument({ url, disableAutoFetch: true, enableXfa: false, useWorkerFetch: false, wasmUrl: "/", BinaryDataFactory: Decoders });
}

/** Draws a page as wide as `width`, in pixels of the page's own, times `zoom`. */
export function draw(page: PDFPageProxy, canvas: HTMLCanvasElement, width: number, zoom: number): RenderTask {
  const natural = page.getViewport({ scale: 1 });
  const shown = (width / natural.width) * zoom;
  const most = Math.sqrt(kMostPixels / (natural.width * natural.height));
  const viewport = page.getViewport({ scale: Math.min(shown * devicePixelRatio, most) });
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  canvas.style.width = `${String(Math.floor(natural.width * shown))}px`;
  canvas.style.height = `${String(Math.floor(natural.height * shown))}px`;
  return page.render({ canvas, viewport });
}

/** What a page says, for those who do not see it. */
export async function wordsOf(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  return items.map((each) => ("str" in each ? each.str + (each.hasEOL ? "\n" : "") : "")).join("");
}
