import { useRef } from "preact/hooks";
import { useKeys, type KeyBinding } from "@/shell/keys";
import { go } from "@/shell/router";
import { hasImages, imagesOf } from "./images";
import type { OpenCase } from "./open";
import { show } from "./shows";

const JUMPS = [
  { key: "r", to: "resolve", words: "what must be resolved" },
  { key: "t", to: "story", words: "story" },
  { key: "s", to: "scores", words: "scores" },
  { key: "o", to: "options", words: "options" },
  { key: "p", to: "operations", words: "operations" },
  { key: "v", to: "survival", words: "survival" },
  { key: "m", to: "missing", words: "what is missing" },
  { key: "n", to: "numbers", words: "every number" },
] as const;

const WAIT_MS = 1500;

/** The keys of the case page: g and a letter jump, e enters, i opens the neurology form, w the images. */
export function useCaseKeys(open: OpenCase): void {
  const pressed = useRef(0);
  const isAfterG = () => Date.now() - pressed.current < WAIT_MS;
  const ours: KeyBinding[] = [
    { keys: ["g"], words: `then ${JUMPS.map((each) => `${each.key} ${each.words}`).join(", ")}`, does: () => (pressed.current = Date.now()) },
    { keys: ["e"], words: "enter a finding", does: () => open.may("enter") && show({ kind: "enter" }) },
    { keys: ["i"], words: "neurology form (ISNCSCI)", does: () => show({ kind: "isncsci" }) },
    { keys: ["w"], words: "open the images", does: () => !open.isOlder.value && hasImages(open.view.value?.document) && go(imagesOf(open.id)) },
    { keys: JUMPS.map((each) => each.key), words: "the second letter of a jump", does: (event) => isAfterG() && jump(event.key) },
  ];
  useKeys(ours, [open]);
}

function jump(key: string): void {
  const section = document.getElementById(JUMPS.find((each) => each.key === key)?.to ?? "");
  section?.scrollIntoView();
  section?.focus({ preventScroll: true });
}
