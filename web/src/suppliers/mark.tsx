// A supplier's sign in plots and tables: a colour and a shape, so that neither has to carry it alone.
const kShapes = [
  "M0-5A5 5 0 1 1 0 5A5 5 0 1 1 0-5Z",
  "M-4.500-4.500H4.500V4.500H-4.500Z",
  "M0-5.500 5.500 4.500H-5.500Z",
  "M0-6 6 0 0 6-6 0Z",
  "M0 5.500 5.500-4.500H-5.500Z",
  "M-1.800-5.500H1.800V-1.800H5.500V1.800H1.800V5.500H-1.800V1.800H-5.500V-1.800H-1.800Z",
];

export const shapeOf = (series: number) => kShapes[(series - 1) % kShapes.length] ?? "";
export const colourOf = (series: number) => `var(--series-${String(((series - 1) % 6) + 1)})`;

export function Mark({ series }: { series: number }) {
  return (
    <svg className="mark" viewBox="-7 -7 14 14" aria-hidden="true" focusable="false">
      <path d={shapeOf(series)} fill={colourOf(series)} />
    </svg>
  );
}
