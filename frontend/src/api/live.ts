import { signal } from "@preact/signals";

/** Whether live pages hear the server. */
export const isLive = signal(true);

type Hearers = Readonly<Record<string, (data: never) => void>>;

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 10_000; // a meeting does not wait longer for a server that is back

/**
 * Hear what the server tells about a topic (`/events`, `/cases/{id}/events`); the answer ends it.
 * `again` is called each time the server says that it is heard from now on: what happened before that, while the page was read or the
 * connection was lost, has to be read anew. A lost connection is taken up again, first at once, then ever less often.
 */
export function hear(path: string, hearers: Hearers, again: () => void): () => void {
  let source: EventSource | null = null;
  let timer = 0;
  let wait = FIRST_WAIT_MS;

  const open = () => {
    source = new EventSource(`/api/v1${path}`);
    source.addEventListener("here", () => {
      wait = FIRST_WAIT_MS;
      isLive.value = true;
      again();
    });
    source.addEventListener("error", lose);
    for (const [event, heard] of Object.entries(hearers)) {
      source.addEventListener(event, (told) => heard(JSON.parse((told as MessageEvent<string>).data) as never));
    }
  };

  const lose = () => {
    source?.close();
    isLive.value = false;
    timer = window.setTimeout(open, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };

  open();
  return () => {
    window.clearTimeout(timer);
    source?.close();
    isLive.value = true;
  };
}
