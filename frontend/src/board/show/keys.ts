import type { Signal } from "@preact/signals";
import { useKeys, type KeyBinding } from "@/shell/keys";
import { go } from "@/shell/router";
import type { Showing } from "./showing";

const STEP = 1.15;
const [SMALLEST, LARGEST] = [0.75, 2];

/** The keys of the wall; the list of them is under ?. */
export function useShowKeys(showing: Showing, larger: Signal<number>): void {
  const { meeting } = showing;
  const zoom = (by: number) => (larger.value = Math.min(Math.max(larger.value * by, SMALLEST), LARGEST));
  const ours: KeyBinding[] = [
    { keys: ["ArrowRight"], words: "next case", does: () => showing.turnCase(1) },
    { keys: ["ArrowLeft"], words: "case before", does: () => showing.turnCase(-1) },
    { keys: ["ArrowDown"], words: "next view of the case", does: () => showing.turnView(1) },
    { keys: ["ArrowUp"], words: "view before", does: () => showing.turnView(-1) },
    { keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], words: "straight to a view", does: (event) => showing.turnGroup(Number(event.key) - 1) },
    { keys: ["d", "D"], words: "record the decision", does: showing.decide },
    { keys: ["v", "V"], words: "second look: vote, and see the votes", does: () => (showing.floats.value = "vote") },
    { keys: ["a", "A"], words: "ask everybody to look at something", does: () => (showing.floats.value = "ask") },
    { keys: ["p", "P"], words: "present: what you turn to is on every screen", does: showing.present },
    { keys: ["r", "R"], words: "return to what is shown", does: showing.comeBack },
    { keys: ["x", "X"], words: "put away what was told", does: () => meeting.news.value.slice(-1).forEach((each) => meeting.putAway(each.nth)) },
    { keys: ["f", "F"], words: "full screen", does: fullScreen },
    { keys: ["+", "="], words: "larger", does: () => zoom(STEP) },
    { keys: ["-"], words: "smaller", does: () => zoom(1 / STEP) },
    { keys: ["?"], words: "these keys", does: () => (showing.floats.value = "keys") },
    { keys: ["Escape"], words: "back to the meeting", does: () => go(meeting.pageAt) },
  ];
  useKeys(ours, [showing]);
}

export function fullScreen(): void {
  const turned = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  turned.catch(() => undefined); // a browser that does not allow it shows the page as it is
}
