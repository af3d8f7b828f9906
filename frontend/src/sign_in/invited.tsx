import { useState } from "preact/hooks";
import { post } from "@/api/client";
import type { Enrolment, Invitation } from "@/api/types";
import { useDoing } from "@/look/doing";
import { useFetched } from "@/look/fetched";
import { ProblemNotice } from "@/look/notice";
import { Waiting } from "@/look/states";
import { Door } from "./door";
import { Enrol } from "./enrol";
import { NewPassword, SHORTEST } from "./new_password";
import { Steps } from "./steps";

const STEPS = ["Your password", "Your second factor", "Sign in"];

/** Who was invited sets a password and a second factor; the link works once. */
export default function Invited({ token }: { token: string }) {
  const invitation = useFetched<Invitation>(`/invitations/${encodeURIComponent(token)}`);
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  if (enrolment)
    return (
      <Door title="Your second factor" isWide>
        <Steps of={STEPS} at={1} />
        <Enrol enrolment={enrolment} />
      </Door>
    );
  if (invitation.problem) return <Dead title={invitation.problem.title} />;
  if (!invitation.value) return <Waiting />;
  return (
    <Door title={`Welcome, ${invitation.value.name}`} isWide>
      <Steps of={STEPS} at={0} />
      <Choose token={token} person={invitation.value.person} onMade={setEnrolment} />
    </Door>
  );
}

const Dead = ({ title }: { title: string }) => (
  <Door title="This invitation does not work">
    <p>{title}</p>
    <p class="quiet">Invitations work once and for a few days. Ask your administrator for a new one.</p>
    <a class="button" href="/sign-in">
      To the sign-in
    </a>
  </Door>
);

function Choose({ token, person, onMade }: { token: string; person: string; onMade: (made: Enrolment) => void }) {
  const [password, setPassword] = useState("");
  const doing = useDoing();
  const choose = (event: SubmitEvent) => {
    event.preventDefault();
    void doing.run(async () => onMade(await post<Enrolment>(`/invitations/${encodeURIComponent(token)}`, { password }, { isSignIn: true })));
  };
  return (
    <form class="form" onSubmit={choose}>
      <input class="unseen" name="username" autoComplete="username" value={person} readOnly tabIndex={-1} aria-hidden="true" />
      <p>
        Your sign-in name is <strong>{person}</strong>.
      </p>
      <NewPassword value={password} onText={setPassword} />
      <ProblemNotice problem={doing.problem} />
      <button class="button first" disabled={doing.isBusy || password.length < SHORTEST}>
        Go on to the second factor
      </button>
    </form>
  );
}
