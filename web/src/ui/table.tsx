// Tables: <Table> for what fits a screen or two, <VirtualTable> for a million rows.
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, type ReactNode } from "react";
import { useEdges } from "./edges";
import { ScrollBox } from "./scroll_box";

export interface Column<T> {
  id: string;
  title: ReactNode;
  cell: (row: T) => ReactNode;
  isNumber?: boolean;
  /** A CSS grid track; virtual tables only. */
  width?: string;
}

interface TableProps<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
}

export function Table<T>({ label, columns, rows, keyOf }: TableProps<T>) {
  return (
    <ScrollBox label={label}>
      <table className="table" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={column.isNumber ? "number" : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td key={column.id} className={column.isNumber ? "number" : undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

interface VirtualTableProps<T> extends TableProps<T> {
  /** Of all rows, also those that are not loaded yet. */
  count?: number;
  rowHeight?: number;
  /** Called when the reader nears the last loaded row. */
  onNearEnd?: () => void;
}

/** The widths of columns of rows that are placed one by one. */
export function tracksOf<T>(columns: readonly Column<T>[]): string {
  return columns.map((column) => column.width ?? "minmax(8rem, 1fr)").join(" ");
}

/** The titles above such rows. */
export function VirtualHead<T>({ columns, tracks }: { columns: readonly Column<T>[]; tracks: string }) {
  return (
    <div role="row" className="virtual-head" style={{ gridTemplateColumns: tracks }}>
      {columns.map((column) => (
        <div key={column.id} role="columnheader" className={column.isNumber ? "number" : undefined}>
          {column.title}
        </div>
      ))}
    </div>
  );
}

export function VirtualTable<T>({ label, columns, rows, keyOf, count, rowHeight = 40, onNearEnd }: VirtualTableProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  useEdges(box);
  const virtual = useVirtualizer({
    count: count ?? rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 20) onNearEnd?.();
  }, [last, rows.length, onNearEnd]);
  const tracks = tracksOf(columns);
  return (
    <div className="table-wrap virtual" ref={box} tabIndex={0} role="table" aria-label={label} aria-rowcount={count ?? rows.length}>
      <VirtualHead columns={columns} tracks={tracks} />
      <div role="rowgroup" style={{ position: "relative", blockSize: virtual.getTotalSize() }}>
        {shown.map(({ index, start }) => {
          const row = rows[index];
          return (
            <div
              key={row ? keyOf(row) : index}
              role="row"
              aria-rowindex={index + 2}
              className="virtual-row"
              style={{ gridTemplateColumns: tracks, blockSize: rowHeight, transform: `translateY(${String(start)}px)` }}
            >
              {columns.map((column) => (
                <div key={column.id} role="cell" className={column.isNumber ? "number" : undefined}>
                  {row ? column.cell(row) : <span className="skeleton" />}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
