import type { ReactNode } from "react";
import { Menu as AriaMenu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Button } from "./button";

export interface MenuEntry {
  id: string;
  label: string;
  onAction: () => void;
}

interface MenuProps {
  label: string;
  /** What the button shows, when it is not the label. */
  children?: ReactNode;
  entries: readonly MenuEntry[];
  kind?: "plain" | "quiet";
}

export function Menu({ label, children, entries, kind = "quiet" }: MenuProps) {
  return (
    <MenuTrigger>
      <Button kind={kind} aria-label={label}>
        {children ?? label}
      </Button>
      <Popover className="popover">
        <AriaMenu items={entries} onAction={(id) => entries.find((entry) => entry.id === id)?.onAction()}>
          {(entry) => <MenuItem textValue={entry.label}>{entry.label}</MenuItem>}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
