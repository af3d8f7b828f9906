import { Tick } from "@/look/field";
import { useDoing, type Doing } from "@/look/doing";
import { useFetched } from "@/look/fetched";
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
  const { may } = useCase();
  const doing = useDoing();
  const isMine = may("arrange");
  return (
    <Section id="arranged" title="Board and team" note={isMine && <Said doing={doing} />}>
      {isMine ? <Arranging doing={doing} /> : <AsArranged />}
      <ProblemNotice problem={doing.problem} />
    </Section>
  );
}

const Said = ({ doing }: { doing: Doing }) => <span role="status">{doing.isBusy ? "saving …" : doing.problem ? "not saved" : "saved at once"}</span>;

/** For who may not arrange. */
function AsArranged() {
  const at = useCase().view.value;
  if (!at) return null;
  return (
    <p class="small">
      {at.board ? `Board ${at.board}` : "On no board yet"} · {at.team.length ? `seen by ${at.team.map((each) => at.names[each] ?? each).join(", ")} only` : "seen by every clinician of the centre"}
    </p>
  );
}

function Arranging({ doing }: { doing: Doing }) {
  const open = useCase();
  const colleagues = useFetched<{ items: Colleague[] }>("/colleagues").value?.items ?? [];
  const team = open.view.value?.team ?? [];
  const close = (people: readonly string[]) => void doing.run(() => open.arrange("team", { people }));
  return (
    <>
      <BoardDay doing={doing} />
      <fieldset class="team" disabled={doing.isBusy}>
        <legend>Who sees it</legend>
        <Seen label="every clinician of the centre" isOn={team.length === 0} onPick={() => close([])} />
        <Seen label="its team only" isOn={team.length > 0} isOff={colleagues.length === 0} onPick={() => close(clinicians(colleagues))} />
        {team.length > 0 ? <Team colleagues={colleagues} team={team} onChange={close} /> : <span class="hint small quiet">A reader sees a case only as one of its team.</span>}
      </fieldset>
    </>
  );
}

/** A day that is still being typed has a year of few digits; nothing of it is saved. */
const isWhole = (day: string): boolean => day === "" || day >= "2000";

function BoardDay({ doing }: { doing: Doing }) {
  const open = useCase();
  const day = open.view.value?.board ?? "";
  const set = (to: string) => isWhole(to) && to !== day && void doing.run(() => open.arrange("board", { day: to || null }));
  return (
    <p class="board-day">
      <label>
        <strong>Board</strong> <input class="input" type="date" value={day} onChange={(event) => set(event.currentTarget.value)} />
      </label>
      {day && (
        <button type="button" class="button plain compact" disabled={doing.isBusy} onClick={() => set("")}>
          Take it off
        </button>
      )}
    </p>
  );
}

const Seen = ({ label, isOn, isOff = false, onPick }: { label: string; isOn: boolean; isOff?: boolean; onPick: () => void }) => (
  <label class="tick">
    <input type="radio" name="seen" checked={isOn} disabled={isOff} onChange={onPick} />
    {label}
  </label>
);

const ONLY_READS = "reader";

/** A case that is closed to its team begins with everybody who saw it before: nobody is shut out by accident. */
const clinicians = (colleagues: readonly Colleague[]): string[] => colleagues.filter((each) => each.roles.some((role) => role !== ONLY_READS)).map((each) => each.person);

interface TeamProps {
  colleagues: readonly Colleague[];
  team: readonly string[];
  onChange: (people: readonly string[]) => void;
}

/** Nobody takes themselves out: the case would be gone from under their hands. */
const Team = ({ colleagues, team, onChange }: TeamProps) => (
  <ul class="colleagues plain">
    {colleagues.map(({ person, name, roles }) => (
      <li key={person}>
        <Tick
          isOn={team.includes(person)}
          disabled={person === me.value?.person}
          onTick={(isIn) => onChange(isIn ? [...team, person] : team.filter((each) => each !== person))}
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
