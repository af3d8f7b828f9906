import { signal } from "@preact/signals";
import { leftUntil, momentOf } from "../model/clock";

const MINUTE_MS = 60_000;

/** The minute, for every clock that is shown. Only numbers of clocks change by themselves. */
export const now = signal(new Date());
window.setInterval(() => {
  if (!document.hidden) now.value = new Date();
}, MINUTE_MS);

/** A clock that runs, counted from now; one that is not known says what starts it. */
export function Clock({ words, isShort = false }: { words: string; isShort?: boolean }) {
  if (!words) return null;
  const until = momentOf(words);
  if (!until) {
    return (
      <span class="clock is-unknown" title={words}>
        <Face /> {isShort ? "clock not known" : words}
      </span>
    );
  }
  const left = leftUntil(until, now.value);
  return (
    <span class={`clock ${left.isOver ? "is-over" : left.isNear ? "is-near" : ""}`} title={words}>
      <Face /> {left.words}
      {!isShort && <span class="quiet small"> {words}</span>}
    </span>
  );
}

const Face = () => (
  <svg class="shape" viewBox="0 0 16 16" aria-hidden="true">
    <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1.5" />
    <path d="M8 4V8L11 9.5" fill="none" stroke="currentColor" stroke-width="1.5" />
  </svg>
);
