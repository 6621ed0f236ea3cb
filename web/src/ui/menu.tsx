import { lazy, Suspense, type ReactNode } from "react";
import { Button } from "./button";

export interface MenuEntry {
  id: string;
  label: string;
  onAction: () => void;
}

export interface MenuProps {
  label: string;
  /** What the button shows, when it is not the label. */
  children?: ReactNode;
  entries: readonly MenuEntry[];
  kind?: "plain" | "quiet";
}

const MenuPopover = lazy(() => import("./menu_popover"));

/** A button that opens a menu. What opens is loaded after the first paint; the button stands in its place until then. */
export function Menu(props: MenuProps) {
  const { label, children, kind = "quiet" } = props;
  return (
    <Suspense
      fallback={
        <Button kind={kind} aria-label={label} isDisabled>
          {children ?? label}
        </Button>
      }
    >
      <MenuPopover {...props} />
    </Suspense>
  );
}
