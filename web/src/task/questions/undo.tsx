// Steps back and forth for questions that are answered by drawing: a slip of the hand costs no more than Ctrl+Z.
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui";
import { useDocumentKeys } from "../document_keys";
import { isTyping } from "../shortcuts";

const kMostSteps = 100;
// Steps of one group that follow one another sooner than this are one step back: an arrow that is held down.
const kGroupMs = 800;

interface Steps<A> {
  past: (A | undefined)[];
  future: (A | undefined)[];
}

export interface Undo<A> {
  set: (next: A | undefined, group?: string) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
}

// A task may have several such questions: the keys belong to the one that was changed last.
let lastChanged: object | null = null;

export function useUndo<A>(answer: A | undefined, onChange: (answer: A | undefined) => void): Undo<A> {
  const [{ past, future }, setSteps] = useState<Steps<A>>({ past: [], future: [] });
  const self = useRef({ group: "", at: 0 });
  const go = (from: (A | undefined)[], to: (A | undefined)[], isBack: boolean) => {
    if (!from.length) return;
    const [rest, next, turned] = [from.slice(0, -1), from.at(-1), [...to, answer]];
    setSteps(isBack ? { past: rest, future: turned } : { past: turned, future: rest });
    self.current.group = "";
    onChange(next);
  };
  const undo = () => go(past, future, true);
  const redo = () => go(future, past, false);
  const set = (next: A | undefined, group = "") => {
    const now = Date.now();
    const continues = group !== "" && group === self.current.group && now - self.current.at < kGroupMs;
    Object.assign(self.current, { group, at: now });
    if (!continues) setSteps({ past: [...past, answer].slice(-kMostSteps), future: [] });
    lastChanged = self.current;
    onChange(next);
  };
  useDocumentKeys((event) => {
    if (lastChanged !== self.current || event.altKey || !(event.ctrlKey || event.metaKey) || isTyping(event)) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) undo();
    else if (key === "y" || key === "z") redo();
    else return;
    event.preventDefault();
  });
  return { set, undo, redo, canUndo: past.length > 0, canRedo: future.length > 0 };
}

export function UndoButtons({ of }: { of: Pick<Undo<unknown>, "undo" | "redo" | "canUndo" | "canRedo"> }) {
  const { t } = useTranslation("task");
  return (
    <>
      <Button size="s" kind="quiet" isDisabled={!of.canUndo} onPress={of.undo}>
        {t("undo")}
      </Button>
      <Button size="s" kind="quiet" isDisabled={!of.canRedo} onPress={of.redo}>
        {t("redo")}
      </Button>
    </>
  );
}
