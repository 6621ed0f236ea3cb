/** A key, as it is written on keyboards. */
export function Key({ name }: { name: string }) {
  const signs: Record<string, string> = { enter: "↵", up: "↑", down: "↓", left: "←", right: "→", space: "␣", ctrl: "Ctrl", alt: "Alt", shift: "⇧" };
  return (
    <kbd dir="ltr" aria-hidden="true">
      {name
        .split("+")
        .map((part) => signs[part] ?? (part.length === 1 ? part.toUpperCase() : part))
        .join(" ")}
    </kbd>
  );
}
