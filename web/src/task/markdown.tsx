// Markdown of tasks and instructions: rendered, sanitised, and with LaTeX, by libraries that are loaded when there is
// something to render. Until then, and for plain text, the text itself.
import { useEffect, useRef, useState } from "react";

type Render = (text: string) => { html: string; hasMath: boolean };
let render: Render | null = null;
let loading: Promise<Render> | null = null;

/** Loads the renderer ahead of the first task that needs it. */
export function loadMarkdown(): Promise<Render> {
  loading ??= import("./markdown_render").then((module) => (render = module.renderMarkdown));
  return loading;
}

export function Markdown({ text }: { text: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [, wake] = useState(0);
  const ready = render;
  const made = ready ? ready(text) : null;
  useEffect(() => {
    if (!ready) void loadMarkdown().then(() => wake((count) => count + 1));
  }, [ready]);
  useEffect(() => {
    if (made?.hasMath && box.current) {
      const element = box.current;
      void import("./math").then(({ fillMath }) => fillMath(element));
    }
  });
  if (!made)
    return (
      <div className="prose plain" dir="auto">
        {text}
      </div>
    );
  // Sanitised by DOMPurify in markdown_render.ts; the page's policy runs no script in it either.
  return <div className="prose" dir="auto" ref={box} dangerouslySetInnerHTML={{ __html: made.html }} />;
}
