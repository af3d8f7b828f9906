import { useState } from "preact/hooks";
import { patch } from "@/api/client";
import type { Page, Person, Role } from "@/api/types";
import { Sign } from "@/look/alarm";
import { useDoing } from "@/look/doing";
import { useFetched } from "@/look/fetched";
import { moment } from "@/look/moment";
import { ProblemNotice } from "@/look/notice";
import { Failed, Waiting } from "@/look/states";
import { me } from "@/shell/session";
import { Add, Change, Invite, Sessions } from "./person";

/** What each role is for, in the order of the table of rights. */
export const ROLES: readonly (readonly [Role, string])[] = [
  ["surgeon", "sees, enters, overrules, overrides a stop, confirms labels and level"],
  ["oncologist", "sees, enters, overrules, overrides a stop"],
  ["radiologist", "sees, enters, overrules, confirms labels and level"],
  ["coordinator", "sees, enters, brings cases, arranges boards and teams"],
  ["reader", "sees only the cases whose team names them"],
  ["administrator", "keeps people, audit and storage; sees no case"],
];

type Open = { what: "add" } | { what: "change" | "invite" | "sessions"; of: Person } | null;

const PAGE = 200;

/** Who works here: roles, invitations, sessions; somebody who leaves is disabled, never deleted. */
export function People() {
  const [after, setAfter] = useState("");
  const people = useFetched<Page<Person>>(`/people?limit=${PAGE}${after && `&after=${encodeURIComponent(after)}`}`);
  const [open, setOpen] = useState<Open>(null);
  const done = () => {
    setOpen(null);
    people.again();
  };
  if (people.problem && !people.value) return <Failed title={people.problem.title} remedy={people.problem.remedy} onRetry={people.again} />;
  if (!people.value) return <Waiting />;
  const added = (person: Person) => {
    people.again();
    setOpen({ what: "invite", of: person });
  };
  return (
    <>
      <header class="part-head">
        <h1>People of {me.value?.centre}</h1>
        <button type="button" class="button first" onClick={() => setOpen({ what: "add" })}>
          Add somebody
        </button>
      </header>
      <Table people={people.value.items} onOpen={setOpen} onChanged={people.again} />
      <Paging first={after === ""} next={people.value.next} onTurn={setAfter} />
      {open?.what === "add" && <Add onClose={done} onAdded={added} />}
      {open?.what === "change" && <Change of={open.of} onClose={done} />}
      {open?.what === "invite" && <Invite of={open.of} onClose={done} />}
      {open?.what === "sessions" && <Sessions of={open.of} onClose={done} />}
    </>
  );
}

const Table = ({ people, onOpen, onChanged }: { people: readonly Person[]; onOpen: (open: Open) => void; onChanged: () => void }) => (
  <div class="scroll">
    <table class="table">
      <thead>
        <tr>
          <th>Name</th>
          <th>Signs in as</th>
          <th>Roles</th>
          <th>State</th>
          <th>Last seen</th>
          <th>
            <span class="unseen">Acts</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.person} class={person.is_disabled ? "quiet" : undefined}>
            <th scope="row">{person.name}</th>
            <td>{person.person}</td>
            <td>{person.roles.join(", ")}</td>
            <td>
              <State of={person} />
            </td>
            <td class="nowrap">{moment(person.seen_at) || "never"}</td>
            <td class="acts">
              <Acts of={person} onOpen={onOpen} onChanged={onChanged} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

function State({ of }: { of: Person }) {
  if (of.is_disabled) return <span>disabled</span>;
  return of.is_ready ? <span>ready</span> : <Sign degree="caution">not signed in yet</Sign>;
}

function Acts({ of, onOpen, onChanged }: { of: Person; onOpen: (open: Open) => void; onChanged: () => void }) {
  const doing = useDoing();
  const isMe = of.person === me.value?.person;
  const turn = () => void doing.run(async () => void (await patch(`/people/${of.person}`, { is_disabled: !of.is_disabled }))).then(onChanged);
  return (
    <div class="buttons right">
      <button type="button" class="button plain compact" onClick={() => onOpen({ what: "change", of })}>
        Name and roles
      </button>
      {!of.is_disabled && (
        <button type="button" class="button plain compact" onClick={() => onOpen({ what: "invite", of })}>
          {of.is_ready ? "New password and device" : "Invite"}
        </button>
      )}
      <button type="button" class="button plain compact" onClick={() => onOpen({ what: "sessions", of })}>
        Sessions
      </button>
      <button type="button" class="button plain compact" disabled={isMe || doing.isBusy} onClick={turn}>
        {of.is_disabled ? "Enable" : "Disable"}
      </button>
      <ProblemNotice problem={doing.problem} />
    </div>
  );
}

/** From page to page by key; back is to the first. */
export const Paging = ({ first, next, onTurn }: { first: boolean; next: string; onTurn: (after: string) => void }) =>
  first && !next ? null : (
    <div class="buttons paging">
      <button type="button" class="button compact" disabled={first} onClick={() => onTurn("")}>
        First page
      </button>
      <button type="button" class="button compact" disabled={!next} onClick={() => onTurn(next)}>
        Next page
      </button>
    </div>
  );
