// What may be wider than the screen: it scrolls sideways by itself, with keys too, and says that more follows.
import { useRef, type ReactNode } from "react";
import { useEdges } from "./edges";

export function ScrollBox({ label, children }: { label: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEdges(box);
  return (
    <div ref={box} className="table-wrap" tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  );
}
