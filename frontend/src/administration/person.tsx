import { useState } from "preact/hooks";
import { ask, patch, post } from "@/api/client";
import type { Link, Page, Person, Role, SessionLine } from "@/api/types";
import { Alarm } from "@/look/alarm";
import { Dialog } from "@/look/dialog";
import { useDoing } from "@/look/doing";
import { Field, Tick } from "@/look/field";
import { useFetched } from "@/look/fetched";
import { moment } from "@/look/moment";
import { ProblemNotice } from "@/look/notice";
import { Waiting } from "@/look/states";
import { ROLES } from "./people";

const KEY = /^[a-z0-9][a-z0-9._-]{1,39}$/;

interface RolesProps {
  chosen: readonly Role[];
  onChoose: (roles: Role[]) => void;
}

const Roles = ({ chosen, onChoose }: RolesProps) => (
  <fieldset class="roles">
    <legend>Roles</legend>
    {ROLES.map(([role, may]) => (
      <Tick
        key={role}
        isOn={chosen.includes(role)}
        onTick={(isOn) => onChoose(isOn ? [...chosen, role] : chosen.filter((each) => each !== role))}
        label={
          <span>
            {role} <span class="quiet small">{may}</span>
          </span>
        }
      />
    ))}
  </fieldset>
);

export function Add({ onClose, onAdded }: { onClose: () => void; onAdded: (person: Person) => void }) {
  const [person, setPerson] = useState("");
  const [name, setName] = useState("");
  const [roles, setRoles] = useState<Role[]>([]);
  const doing = useDoing();
  const add = (event: SubmitEvent) => {
    event.preventDefault();
    void doing.run(async () => onAdded(await post<Person>("/people", { person, name: name.trim(), roles })));
  };
  const isWrong = person !== "" && !KEY.test(person);
  return (
    <Dialog title="Add somebody" onClose={onClose}>
      <form class="form" onSubmit={add}>
        <Field label="Name as it is printed" value={name} onText={setName} required maxLength={80} placeholder="R. Example" autoFocus />
        <Field
          label="Sign-in name"
          value={person}
          onText={(text) => setPerson(text.toLowerCase())}
          required
          maxLength={40}
          placeholder="r.example"
          hint="It stands in every record and cannot be changed."
          wrong={isWrong ? "Small letters, digits and . _ - only, two or more, beginning with a letter or digit." : ""}
        />
        <Roles chosen={roles} onChoose={setRoles} />
        <ProblemNotice problem={doing.problem} />
        <div class="buttons">
          <button class="button first" disabled={doing.isBusy || isWrong || roles.length === 0}>
            Add and invite
          </button>
          {roles.length === 0 && <span class="quiet">Choose at least one role.</span>}
        </div>
      </form>
    </Dialog>
  );
}

export function Change({ of, onClose }: { of: Person; onClose: () => void }) {
  const [name, setName] = useState(of.name);
  const [roles, setRoles] = useState<Role[]>(of.roles as Role[]);
  const doing = useDoing();
  const change = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await doing.run(async () => void (await patch(`/people/${of.person}`, { name: name.trim(), roles })))) onClose();
  };
  return (
    <Dialog title={`${of.name}: name and roles`} onClose={onClose}>
      <form class="form" onSubmit={change}>
        <Field label="Name as it is printed" value={name} onText={setName} required maxLength={80} />
        <Roles chosen={roles} onChoose={setRoles} />
        <p class="quiet small">New roles end every session of {of.person}.</p>
        <ProblemNotice problem={doing.problem} />
        <div class="buttons">
          <button class="button first" disabled={doing.isBusy || roles.length === 0}>
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function Invite({ of, onClose }: { of: Person; onClose: () => void }) {
  const [link, setLink] = useState<Link | null>(null);
  const doing = useDoing();
  const make = () => void doing.run(async () => setLink(await post<Link>(`/people/${of.person}/invitation`)));
  return (
    <Dialog title={of.is_ready ? `New password and device for ${of.name}` : `Invite ${of.name}`} onClose={onClose}>
      <div class="form">
        {link ? <TheLink link={link} of={of} /> : <BeforeLink of={of} onMake={make} isBusy={doing.isBusy} />}
        <ProblemNotice problem={doing.problem} />
      </div>
    </Dialog>
  );
}

const BeforeLink = ({ of, onMake, isBusy }: { of: Person; onMake: () => void; isBusy: boolean }) => (
  <>
    <p>
      A link is made that works once. With it, {of.name} chooses a password and sets up an authenticator.
      {of.is_ready && " The password and device until now work until then."}
    </p>
    <p class="quiet">Earlier invitations of {of.person} end.</p>
    <div class="buttons">
      <button type="button" class="button first" disabled={isBusy} onClick={onMake}>
        Make the link
      </button>
    </div>
  </>
);

function TheLink({ link, of }: { link: Link; of: Person }) {
  const [isCopied, setCopied] = useState(false);
  const address = `${window.location.origin}/invitation/${link.link_token}`;
  const copy = () => void navigator.clipboard.writeText(address).then(() => setCopied(true), () => setCopied(false));
  return (
    <>
      <Alarm degree="caution" title="Shown only now">
        <p>Hand it to {of.name} in person or by a way you trust. Who has it first, has the account.</p>
      </Alarm>
      <p class="link-shown">{address}</p>
      <div class="buttons">
        <button type="button" class="button first" onClick={copy}>
          {isCopied ? "Copied" : "Copy the link"}
        </button>
        <span class="quiet">works until {moment(link.until)}</span>
      </div>
    </>
  );
}

export function Sessions({ of, onClose }: { of: Person; onClose: () => void }) {
  const sessions = useFetched<Page<SessionLine>>(`/people/${of.person}/sessions`);
  const doing = useDoing();
  const end = () => void doing.run(async () => void (await ask("DELETE", `/people/${of.person}/sessions`))).then(sessions.again);
  const lines = sessions.value?.items;
  return (
    <Dialog title={`Sessions of ${of.name}`} onClose={onClose}>
      {!lines ? <Waiting /> : lines.length === 0 ? <p>{of.name} is signed in nowhere.</p> : <SessionTable lines={lines} />}
      <ProblemNotice problem={sessions.problem ?? doing.problem} />
      {lines && lines.length > 0 && (
        <div class="buttons after">
          <button type="button" class="button danger" disabled={doing.isBusy} onClick={end}>
            Sign out everywhere
          </button>
        </div>
      )}
    </Dialog>
  );
}

const SessionTable = ({ lines }: { lines: readonly SessionLine[] }) => (
  <table class="table">
    <thead>
      <tr>
        <th>Opened</th>
        <th>Last seen</th>
        <th>Ends at the latest</th>
      </tr>
    </thead>
    <tbody>
      {lines.map((line) => (
        <tr key={line.opened_at}>
          <td>{moment(line.opened_at)}</td>
          <td>{moment(line.seen_at)}</td>
          <td>{moment(line.ends)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
