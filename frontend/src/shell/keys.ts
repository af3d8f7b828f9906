import { signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

export interface KeyBinding {
  /** As the browser names it: "j", "/", "ArrowDown", "Enter". */
  keys: readonly string[];
  /** What it does, for the list of keys. */
  words: string;
  does: (event: KeyboardEvent) => void;
}

/** The keys that work on the page that is open. */
export const bindings = signal<readonly KeyBinding[]>([]);

const TYPED_IN = "input, textarea, select, [contenteditable], dialog[open]";

/** Bind keys as long as the component is shown, from its first sight on; they rest while somebody types or a dialog is open. */
export function useKeys(ours: readonly KeyBinding[], means: readonly unknown[]): void {
  useLayoutEffect(() => {
    bindings.value = [...bindings.peek(), ...ours];
    return () => {
      bindings.value = bindings.peek().filter((each) => !ours.includes(each));
    };
  }, means);
}

export function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as Element | null;
  if (target?.closest?.(TYPED_IN) || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && target?.closest?.("a, button, summary")) return;
  const bound = bindings.value.findLast((each) => each.keys.includes(event.key));
  if (!bound) return;
  event.preventDefault();
  bound.does(event);
}

document.addEventListener("keydown", press);
