import { useState } from "preact/hooks";
import { post } from "@/api/client";
import type { Enrolment } from "@/api/types";
import { useDoing } from "@/look/doing";
import { Field } from "@/look/field";
import { useFetched } from "@/look/fetched";
import { ProblemNotice } from "@/look/notice";
import { Failed, Waiting } from "@/look/states";
import { Door } from "./door";
import { Enrol } from "./enrol";
import { NewPassword, SHORTEST } from "./new_password";
import { Steps } from "./steps";

const STEPS = ["Who you are", "Your second factor", "Sign in"];

/** The first administrator, by the link that the server printed. */
export default function Setup({ token }: { token: string }) {
  const setup = useFetched<{ is_needed: boolean }>("/setup");
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  if (enrolment)
    return (
      <Door title="Your second factor" isWide>
        <Steps of={STEPS} at={1} />
        <Enrol enrolment={enrolment} />
      </Door>
    );
  if (setup.problem) return <Failed title={setup.problem.title} remedy={setup.problem.remedy} onRetry={setup.again} />;
  if (!setup.value) return <Waiting />;
  if (!setup.value.is_needed) return <AlreadyDone />;
  return (
    <Door title="Set up the first administrator" isWide>
      <Steps of={STEPS} at={0} />
      <First token={token} onMade={setEnrolment} />
    </Door>
  );
}

const AlreadyDone = () => (
  <Door title="Already set up">
    <p>There is an administrator; this link does not work any more.</p>
    <a class="button first" href="/sign-in">
      Sign in
    </a>
  </Door>
);

function First({ token, onMade }: { token: string; onMade: (made: Enrolment) => void }) {
  const [given, setGiven] = useState({ token, centre: "", name: "", person: "", password: "" });
  const doing = useDoing();
  const takes = (what: keyof typeof given) => (text: string) => setGiven((before) => ({ ...before, [what]: text }));
  const make = (event: SubmitEvent) => {
    event.preventDefault();
    const body = { ...given, centre: given.centre.trim().toLowerCase(), person: given.person.trim().toLowerCase(), name: given.name.trim() };
    void doing.run(async () => onMade((await post<{ enrolment: Enrolment }>("/setup", body, { isSignIn: true })).enrolment));
  };
  return (
    <form class="form" onSubmit={make}>
      {!token && <Field label="Code of the link" value={given.token} onText={takes("token")} required hint="The last part of the address that the server printed." />}
      <div class="pair">
        <Field label="Centre" value={given.centre} onText={takes("centre")} required maxLength={40} placeholder="a short key" hint="It stands in every record; it cannot be changed." autoFocus />
        <Field label="Sign-in name" name="username" autoComplete="username" value={given.person} onText={takes("person")} required maxLength={40} placeholder="r.example" hint="Small letters, digits, . _ -" />
      </div>
      <Field label="Your name as it is printed" autoComplete="name" value={given.name} onText={takes("name")} required maxLength={80} placeholder="R. Example" />
      <NewPassword value={given.password} onText={takes("password")} />
      <ProblemNotice problem={doing.problem} />
      <button class="button first" disabled={doing.isBusy || given.password.length < SHORTEST}>
        Go on to the second factor
      </button>
      <p class="quiet small">An administrator keeps people and the audit, and sees no case. Invite the clinicians next.</p>
    </form>
  );
}
