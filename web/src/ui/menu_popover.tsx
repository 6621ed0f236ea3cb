// The menu itself; menu.tsx loads it after the page has been painted.
import { Menu as AriaMenu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Button } from "./button";
import type { MenuProps } from "./menu";

export default function MenuPopover({ label, children, entries, kind = "quiet" }: MenuProps) {
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
