import { Shape } from "@/look/alarm";
import { Key } from "@/look/values";
import type { News as One } from "../model/meeting";
import type { Showing } from "./showing";

const WORDS: Record<One["kind"], (by: string, text: string) => string> = {
  asked: (by, text) => `${by} asks: ${text}`,
  decided: (by) => `Decided, recorded by ${by}`,
  revealed: () => "The second looks are revealed",
  opened: (by) => `${by} opened the meeting`,
  closed: (by) => `${by} closed the meeting`,
};

/** What happened, on every screen; it stays until somebody puts it away, since nothing flies off by itself. */
export const News = ({ showing }: { showing: Showing }) => (
  <div class="board-told-now" role="log" aria-label="What happens in the meeting">
    {showing.meeting.news.value.map((one) => (
      <div key={one.nth} class={`board-news is-${one.kind}`}>
        <span dir="auto">
          <Shape degree="note" />
          {WORDS[one.kind](showing.meeting.nameOf(one.by), one.text)}
          {one.case_id && <span class="quiet small"> · {showing.caseWords(one.case_id)}</span>}
        </span>
        {one.case_id && (
          <button type="button" class="button compact" onClick={() => showing.lookAt(one)}>
            Look
          </button>
        )}
        <button type="button" class="button compact plain" onClick={() => showing.meeting.putAway(one.nth)}>
          Seen <Key>X</Key>
        </button>
      </div>
    ))}
  </div>
);
