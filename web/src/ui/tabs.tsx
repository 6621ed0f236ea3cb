// Parts of a page. Parts that deserve an address of their own are pages with <SubNav> instead.
import { useEffect, useRef, type ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components/Tabs";
import { Link, useLocation } from "wouter";
import { isBelow } from "./below";
import { scrollToMiddle, useEdges } from "./edges";

export interface TabPart {
  id: string;
  label: string;
  content: ReactNode;
}

interface TabsProps {
  label: string;
  parts: readonly TabPart[];
  selected?: string;
  onSelect?: (id: string) => void;
}

export function Tabs({ label, parts, selected, onSelect }: TabsProps) {
  return (
    <AriaTabs className="tabs" selectedKey={selected} onSelectionChange={(id) => onSelect?.(String(id))}>
      <TabList aria-label={label}>
        {parts.map((part) => (
          <Tab key={part.id} id={part.id}>
            {part.label}
          </Tab>
        ))}
      </TabList>
      {parts.map((part) => (
        <TabPanel key={part.id} id={part.id}>
          {part.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}

interface SubNavProps {
  label: string;
  links: readonly { to: string; label: string }[];
}

/** The pages of one thing, side by side; the one that is open is marked. */
export function SubNav({ label, links }: SubNavProps) {
  const [location] = useLocation();
  const open = links.reduce((best, link) => (isBelow(location, link.to) && link.to.length > best.length ? link.to : best), "");
  const box = useRef<HTMLElement>(null);
  useEdges(box);
  useEffect(() => {
    const current = box.current?.querySelector<HTMLElement>("[aria-current]");
    if (box.current && current) scrollToMiddle(box.current, current);
  }, [open]);
  return (
    <nav ref={box} className="subnav no-print" aria-label={label}>
      {links.map((link) => (
        <Link key={link.to} href={link.to} aria-current={link.to === open ? "page" : undefined}>
          {link.label}
        </Link>
      ))}
    </nav>
  );
}
