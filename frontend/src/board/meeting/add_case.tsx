import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { get, queryOf } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";
import type { Worklist, WorklistLine } from "@/api/types";
import { ProblemNotice } from "@/look/notice";
import { OriginStamp } from "@/look/values";
import { useKeys } from "@/shell/keys";
import type { OnAgenda } from "../nouns";
import { titleOf } from "../words";

const TYPING_MS = 150;
const MOST = 12;

interface AddProps {
  onAgenda: readonly OnAgenda[];
  onAdd: (item: OnAgenda) => void;
}

/** Find a case as the worklist does, and put it last on the agenda. */
export function AddCase({ onAgenda, onAdd }: AddProps) {
  const words = useSignal("");
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const { found, problem } = useSearch(words.value);
  useKeys([{ keys: ["/"], words: "find a case for the agenda", does: () => field.current?.select() }], []);
  const add = (line: WorklistLine) => {
    onAdd({ case_id: line.case_id, lesions: [], question: "", line, decisions: [] });
    words.value = "";
    field.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    list.current?.querySelector<HTMLButtonElement>("button:enabled")?.focus();
  };
  return (
    <div class="board-find screen-only">
      <label class="field">
        <span class="label">Add a case</span>
        <input ref={field} class="input" type="search" value={words.value} maxLength={200} placeholder="Search as in the worklist: renal T8 …" onInput={(event) => (words.value = event.currentTarget.value)} onKeyDown={press} />
      </label>
      <ProblemNotice problem={problem} />
      {found && words.value.trim() && (
        <div ref={list} class="board-found" role="group" aria-label="Cases found" onKeyDown={walk}>
          {found.map((line) => {
            const isOn = onAgenda.some((each) => each.case_id === line.case_id);
            return (
              <button key={line.case_id} type="button" disabled={isOn} onClick={() => add(line)}>
                <span>
                  <strong>{titleOf(line.case_id, line.headline)}</strong> <span class="quiet">{line.identity}</span> <OriginStamp origin={line.origin} />
                </span>
                <span class="quiet small">{isOn ? "on the agenda" : line.board ? `waits for ${line.board}` : line.case_id}</span>
              </button>
            );
          })}
          {found.length === 0 && <p class="quiet small">Nothing begins with “{words.value.trim()}”.</p>}
        </div>
      )}
    </div>
  );
}

/** ↑ and ↓ go through what was found. */
function walk(event: KeyboardEvent): void {
  const by = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key] as "nextElementSibling" | undefined;
  if (!by) return;
  event.preventDefault();
  let at = document.activeElement?.[by] as HTMLButtonElement | null;
  while (at?.disabled) at = at[by] as HTMLButtonElement | null;
  at?.focus();
}

function useSearch(words: string): { found: readonly WorklistLine[] | null; problem: Problem | null } {
  const found = useSignal<readonly WorklistLine[] | null>(null);
  const problem = useSignal<Problem | null>(null);
  useEffect(() => {
    if (!words.trim()) return void (found.value = null);
    const gone = new AbortController();
    const timer = window.setTimeout(() => {
      get<Worklist>(`/worklist${queryOf({ words: words.trim(), limit: MOST })}`, { signal: gone.signal }).then(
        (page) => {
          found.value = page.items;
          problem.value = null;
        },
        (thrown: unknown) => !gone.signal.aborted && (problem.value = asProblem(thrown)),
      );
    }, TYPING_MS);
    return () => {
      window.clearTimeout(timer);
      gone.abort();
    };
  }, [words]);
  return { found: found.value, problem: problem.value };
}
