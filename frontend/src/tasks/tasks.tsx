import "./tasks.css";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { get, put, queryOf } from "@/api/client";
import { hear } from "@/api/live";
import type { Colleague, Tasks as Listed, TaskView } from "@/board/nouns";
import { Shape } from "@/look/alarm";
import { useDoing } from "@/look/doing";
import { useEvery } from "@/look/fetched";
import { Field } from "@/look/field";
import { moment } from "@/look/moment";
import { ProblemNotice } from "@/look/notice";
import { Empty, Failed, Waiting } from "@/look/states";
import { query } from "@/shell/router";
import { may, me } from "@/shell/session";
import { untilDue, weekday } from "@/worklist/clock";
import { pressing } from "./due";

type Show = "mine" | "due" | "open" | "done";

const SHOWS: readonly { show: Show; words: string; asks: Record<string, string>; none: string }[] = [
  { show: "mine", words: "Mine", asks: { mine: "true", open: "true" }, none: "Nothing waits for you." },
  { show: "due", words: "Due", asks: { due: "true", open: "true" }, none: "Nothing is due within a week, and nothing is overdue." },
  { show: "open", words: "All open", asks: { open: "true" }, none: "No task is open." },
  { show: "done", words: "Done", asks: {}, none: "Nothing was done or dropped yet." },
];

/** What is to be done after decisions: mine, due, overdue, done. */
export default function Tasks() {
  const at = SHOWS.find((each) => each.show === query.value.get("show")) ?? SHOWS[0]!;
  const tasks = useEvery<Listed>(`/tasks${queryOf({ ...at.asks, limit: 200 })}`);
  const colleagues = useSignal<readonly Colleague[]>([]);
  useEffect(() => hear("/events", { saved: tasks.again, worklist: tasks.again, lost: tasks.again }, tasks.again), []);
  useEffect(() => {
    if (may("arrange")) void get<{ items: Colleague[] }>("/colleagues").then(({ items }) => (colleagues.value = items), () => undefined); // without them, sign-in names stand
  }, []);
  const nameOf = (person: string) => colleagues.value.find((each) => each.person === person)?.name ?? person;
  return (
    <div class="task-page">
      <header class="task-head">
        <h1>Tasks</h1>
        <nav class="views" aria-label="Tasks">
          {SHOWS.map((each) => (
            <a key={each.show} href={`/tasks${queryOf({ show: each.show === "mine" ? "" : each.show })}`} aria-current={each === at ? "page" : undefined}>
              {each.show === "due" && <Shape degree="urgent" />}
              {each.words}
            </a>
          ))}
        </nav>
      </header>
      <Lines key={at.show} at={at} tasks={tasks} nameOf={nameOf} />
    </div>
  );
}

interface LinesProps {
  at: (typeof SHOWS)[number];
  tasks: ReturnType<typeof useEvery<Listed>>;
  nameOf: (person: string) => string;
}

function Lines({ at, tasks, nameOf }: LinesProps) {
  if (tasks.problem && !tasks.value) return <Failed title={tasks.problem.title} remedy={tasks.problem.remedy} onRetry={tasks.again} />;
  if (!tasks.value) return <Waiting />;
  const { items, today } = tasks.value;
  const shown = at.show === "done" ? items.filter((each) => each.task.state !== "open").toReversed() : items;
  if (shown.length === 0) {
    return (
      <Empty title={at.none}>
        <p class="quiet">Tasks are written with a decision of the board, each with an owner and a day.</p>
        {at.show === "mine" && (
          <a class="button" href="/tasks?show=open">
            All open tasks
          </a>
        )}
      </Empty>
    );
  }
  return (
    <ol class="task-list plain" aria-label={at.words}>
      {shown.map((each) => (
        <Row key={each.task.id} held={each} today={today} nameOf={nameOf} onChanged={tasks.again} />
      ))}
    </ol>
  );
}

interface RowProps {
  held: TaskView;
  today: string;
  nameOf: (person: string) => string;
  onChanged: () => void;
}

function Row({ held, today, nameOf, onChanged }: RowProps) {
  const { task } = held;
  const doing = useDoing();
  const because = useSignal<string | null>(null);
  const is = pressing(task, today);
  const mayTouch = task.owner === me.value?.person || may("decide");
  const settle = (state: "open" | "done" | "dropped", why: string) =>
    doing.run(async () => void (await put(`/tasks/${encodeURIComponent(task.id)}`, { what: task.what, owner: task.owner, due: task.due, state, because: why }, { madeFrom: `"${held.version}"` }))).then((isDone) => {
      if (isDone) because.value = null;
      onChanged();
    });
  return (
    <li class={`task-row is-${is}`} data-task={task.id}>
      <label class="tick">
        <input type="checkbox" aria-label={`Done: ${task.what}`} checked={task.state === "done"} disabled={!mayTouch || doing.isBusy || task.state === "dropped"} onChange={(event) => (event.currentTarget.checked ? void settle("done", "") : (because.value = ""))} />
      </label>
      <span class="task-due">
        <strong>{task.state === "open" ? untilDue(task.due, today) : task.state}</strong>
        <br />
        <span class="quiet small">
          {weekday(task.due)} {task.due}
        </span>
      </span>
      <span>
        <span class="task-what" dir="auto">{task.what}</span>
        <br />
        <a class="small" href={`/case/${encodeURIComponent(task.case)}`} dir="auto">
          {held.headline || `case ${task.case}`}
        </a>{" "}
        {task.state !== "open" && (
          <span class="quiet small" dir="auto">
            {nameOf(task.done_by ?? "")}, {moment(task.done_at ?? null)}
            {task.because && `: ${task.because}`}
          </span>
        )}
      </span>
      <span>{nameOf(task.owner)}</span>
      <span class="task-acts">
        {mayTouch && task.state === "open" && (
          <button type="button" class="button plain compact" aria-label={`Drop ${task.what}`} onClick={() => (because.value = "")}>
            Drop …
          </button>
        )}
      </span>
      {because.value !== null && <Because words={task.state === "open" ? "Why it is dropped" : "Why it is open again"} typed={because.value} onType={(text) => (because.value = text)} onSettle={() => void settle(task.state === "open" ? "dropped" : "open", because.value?.trim() ?? "")} onLeave={() => (because.value = null)} />}
      {doing.problem && (
        <div class="notice">
          <ProblemNotice problem={doing.problem} />
        </div>
      )}
    </li>
  );
}

interface BecauseProps {
  words: string;
  typed: string;
  onType: (text: string) => void;
  onSettle: () => void;
  onLeave: () => void;
}

const Because = ({ words, typed, onType, onSettle, onLeave }: BecauseProps) => (
  <form class="task-because" onSubmit={(event) => { event.preventDefault(); onSettle(); }}>
    <Field label={words} value={typed} onText={onType} maxLength={400} required autoFocus />
    <button class="button compact">{words.replace("Why it is ", "").replace("dropped", "Drop it").replace("open again", "Open it again")}</button>
    <button type="button" class="button compact plain" onClick={onLeave}>
      Leave it
    </button>
  </form>
);
