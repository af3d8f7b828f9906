import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { hear, isLive } from "@/api/live";
import { queryOf } from "@/api/client";
import type { Job, View } from "@/api/types";
import { Shape } from "@/look/alarm";
import { Empty, Failed, Waiting } from "@/look/states";
import { Key } from "@/look/values";
import { useKeys } from "@/shell/keys";
import { go, query } from "@/shell/router";
import { may } from "@/shell/session";
import { dayNow } from "./clock";
import { Row } from "./row";
import { changed, chosen, differing, isLoading, look, more, open, problem, settle, shown } from "./store";
import "./worklist.css";

const VIEWS: readonly { view: View; words: string; none: string }[] = [
  { view: "all", words: "All", none: "No case is open to you yet." },
  { view: "urgent", words: "Urgent", none: "Nothing is urgent." },
  { view: "board", words: "Board", none: "No case has a board day ahead." },
  { view: "missing", words: "Missing", none: "No case misses anything." },
  { view: "due", words: "Due", none: "No follow-up is due." },
];

const TYPING_MS = 150;
const TELLING_MS = 1000;

const number = new Intl.NumberFormat("en-GB");
const addressOf = (view: View, words: string) => `/${queryOf({ view: view === "all" ? "" : view, words })}`;

/** What the address asks for now. */
const asked = (): [view: View, words: string] => [VIEWS.find((each) => each.view === query.value.get("view"))?.view ?? "all", query.value.get("words") ?? ""];

/** Who is urgent, what is missing before the board, what is due. */
export function Worklist() {
  const [view, words] = asked();
  const jobs = useSignal<ReadonlyMap<string, Job>>(new Map());

  useEffect(() => {
    const kept = shown.peek();
    if (kept?.view === view && kept.words === words) void look();
    else void open(view, words);
  }, [view, words]);
  useEffect(() => listen((job) => (jobs.value = new Map(jobs.peek()).set(job.case_id, job))), []);
  useListKeys(view, words);

  return (
    <div class="worklist">
      <h1 class="unseen">Worklist</h1>
      <div class="above">
        <Views view={view} words={words} />
        {changed.value && <Moved />}
        <Search words={words} />
      </div>
      <Lines view={view} words={words} jobs={jobs.value} />
    </div>
  );
}

/** Hear of changes; several at once are looked at once. */
function listen(tellJob: (job: Job) => void): () => void {
  let timer = 0;
  const soon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void look(), TELLING_MS);
  };
  const seen = () => document.visibilityState === "visible" && soon();
  const stop = hear("/events", { worklist: soon, saved: soon, lost: soon, job: tellJob }, soon);
  document.addEventListener("visibilitychange", seen);
  return () => {
    stop();
    window.clearTimeout(timer);
    document.removeEventListener("visibilitychange", seen);
  };
}

const Views = ({ view, words }: { view: View; words: string }) => (
  <nav class="views" aria-label="Views of the worklist">
    {VIEWS.map((each) => (
      <a key={each.view} href={addressOf(each.view, words)} aria-current={each.view === view ? "page" : undefined}>
        {each.view === "urgent" && <Shape degree="urgent" />}
        {each.words} <b>{shown.value ? number.format(shown.value.counts[each.view] ?? 0) : " "}</b>
      </a>
    ))}
  </nav>
);

function Search({ words }: { words: string }) {
  const typed = useSignal(words);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (document.activeElement !== field.current) typed.value = words;
  }, [words]);
  useEffect(() => {
    const search = () => {
      const [view, before] = asked(); // a view that was pressed meanwhile stays
      if (typed.value.trim() !== before) go(addressOf(view, typed.value.trim()), { replace: true });
    };
    const timer = window.setTimeout(search, TYPING_MS);
    return () => window.clearTimeout(timer);
  }, [typed.value]);
  useKeys([{ keys: ["/"], words: "search", does: () => field.current?.select() }], []);
  const pressed = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      typed.value = "";
      field.current?.blur();
    } else if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      focusOn(0);
    }
  };
  return (
    <label class="search">
      <span class="unseen">Search the worklist: beginnings of words of diagnosis, level, case</span>
      <input ref={field} class="input" type="search" placeholder="Search: renal T8 …" maxLength={200} value={typed.value} onInput={(event) => (typed.value = event.currentTarget.value)} onKeyDown={pressed} />
      <Key>/</Key>
    </label>
  );
}

/** In the bar, where it pushes no line away from under a hand. */
const Moved = () => {
  const words = shown.value && changed.value ? differing(shown.value.lines, changed.value.lines) : "";
  return (
    <p class="moved" role="status">
      {words}
      <button type="button" class="button compact" onClick={settle}>
        Show <Key>r</Key>
      </button>
    </p>
  );
};

function Lines({ view, words, jobs }: { view: View; words: string; jobs: ReadonlyMap<string, Job> }) {
  const list = shown.value;
  if (problem.value && !list) return <Failed title={problem.value.title} remedy={problem.value.remedy} onRetry={() => void open(view, words)} />;
  if (!list) return <Waiting />;
  if (list.lines.length === 0) return <Nothing view={list.view} words={list.words} />;
  const today = dayNow(list.today, list.toldAt, new Date());
  return (
    <>
      <ol class={list.lines.some((line) => line.due || line.board) ? "plain rows" : "plain rows has-no-day"} aria-label="Cases" aria-busy={isLoading.value} onFocusIn={(event) => (chosen.value = caseAt(event.target))}>
        {list.lines.map((line) => (
          <li key={line.case_id}>
            <Row line={line} today={today} job={jobs.get(line.case_id)} isChosen={chosen.value === line.case_id} />
          </li>
        ))}
      </ol>
      <End list={list} />
    </>
  );
}

/** The end of what is shown; coming near it fetches the next page. */
function End({ list }: { list: NonNullable<typeof shown.value> }) {
  const element = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const seen = new IntersectionObserver((entries) => entries.some((each) => each.isIntersecting) && void more(), { rootMargin: "800px" });
    if (element.current) seen.observe(element.current);
    return () => seen.disconnect();
  }, [list.next]);
  return (
    <p class="end quiet small" ref={element}>
      {list.next ? (
        <button type="button" class="button plain compact" onClick={() => void more()}>
          More cases
        </button>
      ) : (
        `${number.format(list.lines.length)} ${list.lines.length === 1 ? "case" : "cases"}`
      )}
      {problem.value && <span class="caution"> {problem.value.title}</span>}
      {!isLive.value && <span> · changes by others are not heard just now</span>}
    </p>
  );
}

const Nothing = ({ view, words }: { view: View; words: string }) =>
  words ? (
    <Empty title={`Nothing begins with “${words}”.`}>
      <p class="quiet">The search takes beginnings of words of the diagnosis, level, case and what is missing; all of them must be there.</p>
      <a class="button" href={addressOf(view, "")}>
        Clear the search
      </a>
    </Empty>
  ) : (
    <Empty title={VIEWS.find((each) => each.view === view)?.none ?? ""}>
      {view === "all" && may("bring") ? (
        <a class="button first" href="/bring">
          Bring a case
        </a>
      ) : (
        <a class="button" href="/">
          All cases
        </a>
      )}
    </Empty>
  );

const rows = () => [...document.querySelectorAll<HTMLAnchorElement>("a.case-row")];
const caseAt = (target: EventTarget | null): string => (target as Element | null)?.closest<HTMLElement>("[data-case]")?.dataset["case"] ?? "";

function focusOn(nth: number): void {
  const all = rows();
  const row = all[Math.min(Math.max(nth, 0), all.length - 1)];
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

const step = (by: number) => {
  const at = rows().findIndex((row) => row.dataset["case"] === chosen.value);
  focusOn(at < 0 ? 0 : at + by);
};

const openChosen = () => {
  const row = rows().find((each) => each.dataset["case"] === chosen.value);
  if (row) go(row.pathname);
};

function useListKeys(view: View, words: string): void {
  useKeys(
    [
      { keys: ["j", "ArrowDown"], words: "next case", does: () => step(1) },
      { keys: ["k", "ArrowUp"], words: "case before", does: () => step(-1) },
      { keys: ["Enter"], words: "open the case", does: openChosen },
      { keys: ["r"], words: "show what has changed", does: () => (changed.value ? settle() : void look()) },
      ...VIEWS.map((each, nth) => ({ keys: [String(nth + 1)], words: each.words.toLowerCase(), does: () => go(addressOf(each.view, words)) })),
      ...(may("bring") ? [{ keys: ["b"], words: "bring a case", does: () => go("/bring") }] : []),
    ],
    [view, words],
  );
  // Back from a case: on the line where one was.
  useEffect(() => {
    const at = rows().findIndex((row) => row.dataset["case"] === chosen.peek());
    if (chosen.peek() && at >= 0) focusOn(at);
  }, []);
}
