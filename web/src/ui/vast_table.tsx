// A table of any number of rows that can be looked at anywhere at once: rows of one height, of which only those on the screen
// exist. Where all rows together would be taller than a browser can draw, the scroll bar counts in larger steps.
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useEdges } from "./edges";
import { tracksOf, VirtualHead, type Column } from "./table";
import { windowOf } from "./vast_window";

const kStep = 200; // rows

interface VastTableProps<T> {
  label: string;
  columns: readonly Column<T>[];
  count: number;
  /** Nothing while the row is on its way. */
  rowAt: (index: number) => T | undefined;
  rowHeight?: number;
  /** The row that stands on top whenever this changes. */
  at?: number | undefined;
  onShow: (first: number, last: number) => void;
}

export function VastTable<T>({ label, columns, count, rowAt, rowHeight = 40, at, onShow }: VastTableProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  useEdges(box);
  const [place, setPlace] = useState({ scrolled: 0, visible: 0 });
  const seen = windowOf({ count, rowHeight, ...place });
  const { first, last } = seen;
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      const head = element.firstElementChild?.clientHeight ?? 0;
      setPlace({ scrolled: element.scrollTop, visible: Math.max(0, element.clientHeight - head) });
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      sizes.disconnect();
    };
  }, []);
  useLayoutEffect(() => {
    if (at !== undefined && box.current && place.visible > 0) box.current.scrollTop = windowOf({ count, rowHeight, scrolled: 0, visible: place.visible }).scrollTo(at);
    // Not when rows come: the reader may have scrolled on.
    // eslint-disable-next-line
  }, [at, place.visible > 0]);
  useEffect(() => onShow(first, last), [first, last, onShow]);
  const tracks = useMemo(() => tracksOf(columns), [columns]);
  // Rows are placed from a mark near them, so that most of them stay as they are while the table moves.
  const mark = Math.floor(first / kStep) * kStep;
  const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step);
  return (
    <div className="table-wrap virtual" ref={box} tabIndex={0} role="table" aria-label={label} aria-rowcount={count + 1}>
      <VirtualHead columns={columns} tracks={tracks} />
      <div role="presentation" style={{ position: "relative", blockSize: seen.height }}>
        <div role="rowgroup" className="vast-rows" style={{ transform: `translateY(${String(seen.top(mark))}px)` }}>
          {indexes.map((index) => (
            // A row that leaves gives its elements to the one that comes.
            <VastRow key={index % seen.slots} index={index} row={rowAt(index)} columns={columns as readonly Column<unknown>[]} tracks={tracks} height={rowHeight} top={(index - mark) * rowHeight} />
          ))}
        </div>
      </div>
    </div>
  );
}

interface VastRowProps {
  index: number;
  row: unknown;
  columns: readonly Column<unknown>[];
  tracks: string;
  height: number;
  top: number;
}

const VastRow = memo(function VastRow({ index, row, columns, tracks, height, top }: VastRowProps) {
  return (
    <div role="row" aria-rowindex={index + 2} className="virtual-row" style={{ gridTemplateColumns: tracks, blockSize: height, transform: `translateY(${String(top)}px)` }}>
      {columns.map((column, place) => (
        <div key={column.id} role="cell" className={column.isNumber ? "number" : undefined}>
          {row !== undefined ? column.cell(row) : place === 0 ? <span className="skeleton" /> : null}
        </div>
      ))}
    </div>
  );
});
