import { useSignal } from "@preact/signals";
import { isDay, OF_A_DAY } from "@/look/day";
import { useDoing, type Doing } from "@/look/doing";
import { useFetched } from "@/look/fetched";
import { Tick } from "@/look/field";
import { ProblemNotice } from "@/look/notice";
import { me } from "@/shell/session";
import { useCase } from "../open";
import { Section } from "../parts";

interface Colleague {
  person: string;
  name: string;
  roles: string[];
}

/** Which board the case is on, and who sees it. Both stand as soon as they are set: they are no part of its document. */
export function Arranged() {
  const { view, may } = useCase();
  if (!view.value) return null;
  return may("arrange") ? <Arranging /> : <AsArranged />;
}

/** For who may not arrange. */
function AsArranged() {
  const at = useCase().view.value;
  if (!at) return null;
  const seen = at.team.length ? `seen by ${at.team.map((each) => at.names[each] ?? each).join(", ")} only` : "seen by every clinician of the centre";
  return (
    <Section id="arranged" title="Board and team">
      <p class="small">
        {at.board ? `board ${at.board}` : "on no board yet"} · {seen}
      </p>
    </Section>
  );
}

function Arranging() {
  const open = useCase();
  const board = useWish(open.view.value?.board ?? "", (day) => open.arrange("board", { day: day || null }));
  const team = useWish<readonly string[]>(open.view.value?.team ?? [], (people) => open.arrange("team", { people }));
  const doing = [board.doing, team.doing];
  return (
    <Section id="arranged" title="Board and team" note={<Said doing={doing} />}>
      <BoardDay board={board} />
      <Seen team={team} />
      {doing.map(({ problem }, nth) => (
        <ProblemNotice key={nth} problem={problem} />
      ))}
    </Section>
  );
}

const Said = ({ doing }: { doing: readonly Doing[] }) => (
  <span role="status">{doing.some((each) => each.isBusy) ? "saving …" : doing.some((each) => each.problem) ? "not saved" : "saved at once"}</span>
);

interface Wish<T> {
  value: T;
  set: (wish: T) => void;
  doing: Doing;
}

/** What is wished stands at once and is saved; what is wished while that goes on is saved after it, and the last one counts. */
function useWish<T>(held: T, save: (wish: T) => Promise<void>): Wish<T> {
  const wished = useSignal<{ is: T } | null>(null);
  const doing = useDoing();
  const settle = async () => {
    try {
      for (let wish = wished.value; wish; wish = wished.value === wish ? null : wished.value) await save(wish.is);
    } finally {
      wished.value = null;
    }
  };
  const set = (is: T) => {
    wished.value = { is };
    void doing.run(settle);
  };
  return { value: wished.value ? wished.value.is : held, set, doing };
}

/** A day that is still being typed is none yet; nothing of it is saved, and an empty field takes no case off its board. */
const BoardDay = ({ board }: { board: Wish<string> }) => (
  <p class="board-day">
    <label>
      <strong>Board day</strong> <input class="input" {...OF_A_DAY} value={board.value} onInput={(event) => isDay(event.currentTarget.value) && board.set(event.currentTarget.value)} />
    </label>
    {board.value && (
      <button type="button" class="button plain compact" onClick={() => board.set("")}>
        Take it off
      </button>
    )}
  </p>
);

function Seen({ team }: { team: Wish<readonly string[]> }) {
  const colleagues = useFetched<{ items: Colleague[] }>("/colleagues").value?.items ?? [];
  const isClosed = team.value.length > 0;
  return (
    <fieldset class="team">
      <legend>Who sees it</legend>
      <label class="tick">
        <input type="radio" name="seen" checked={!isClosed} onChange={() => team.set([])} />
        every clinician of the centre
      </label>
      <label class="tick">
        <input type="radio" name="seen" checked={isClosed} disabled={colleagues.length === 0} onChange={() => team.set(clinicians(colleagues))} />
        its team only
      </label>
      {isClosed ? <Team colleagues={colleagues} team={team} /> : <span class="small quiet">A reader sees a case only as one of its team.</span>}
    </fieldset>
  );
}

const ONLY_READS = "reader";

/** A case that is closed to its team begins with everybody who saw it before: nobody is shut out by accident. */
const clinicians = (colleagues: readonly Colleague[]): string[] => colleagues.filter((each) => each.roles.some((role) => role !== ONLY_READS)).map((each) => each.person);

/** Nobody takes themselves out: the case would be gone from under their hands. */
const Team = ({ colleagues, team }: { colleagues: readonly Colleague[]; team: Wish<readonly string[]> }) => (
  <ul class="colleagues plain">
    {colleagues.map(({ person, name, roles }) => (
      <li key={person}>
        <Tick
          isOn={team.value.includes(person)}
          disabled={person === me.value?.person}
          onTick={(isIn) => team.set(isIn ? [...team.value, person] : team.value.filter((each) => each !== person))}
          label={
            <span>
              {name} <span class="quiet small">{person === me.value?.person ? "you" : roles.join(", ")}</span>
            </span>
          }
        />
      </li>
    ))}
  </ul>
);
