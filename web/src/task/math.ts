import katex from "katex";
import "katex/dist/katex.min.css";

/** Sets every formula that markdown_render left a place for. Nothing in a formula may link or load. */
export function fillMath(box: HTMLElement): void {
  for (const place of box.querySelectorAll<HTMLElement>(".math[data-math]")) {
    const displayMode = place.dataset["math"] === "display";
    katex.render(place.textContent, place, { displayMode, throwOnError: false, trust: false, strict: "ignore", maxExpand: 200 });
    delete place.dataset["math"];
  }
}
