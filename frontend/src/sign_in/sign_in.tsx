import { useState } from "preact/hooks";
import { post } from "@/api/client";
import type { Me } from "@/api/types";
import { useDoing } from "@/look/doing";
import { Field } from "@/look/field";
import { useFetched } from "@/look/fetched";
import { ProblemNotice } from "@/look/notice";
import { enter } from "@/shell/session";
import { Code } from "./code";
import { Door } from "./door";

/** Name, password and code, and then back to where the person was. */
export function SignIn() {
  const setup = useFetched<{ is_needed: boolean }>("/setup");
  const [person, setPerson] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const doing = useDoing();

  const signIn = async (event: SubmitEvent) => {
    event.preventDefault();
    const isIn = await doing.run(async () => enter(await post<Me>("/session", { person: person.trim().toLowerCase(), password, code }, { isSignIn: true })));
    if (!isIn) setCode("");
  };

  if (setup.value?.is_needed) return <NotSetUp />;
  return (
    <Door title="Sign in">
      <form class="form" onSubmit={signIn}>
        <Field label="Sign-in name" name="username" autoComplete="username" value={person} onText={setPerson} required autoFocus maxLength={40} />
        <Field label="Password" name="password" type="password" autoComplete="current-password" value={password} onText={setPassword} required maxLength={1000} />
        <Code value={code} onText={setCode} />
        <ProblemNotice problem={doing.problem} />
        <button class="button first" disabled={doing.isBusy}>
          {doing.isBusy ? "Signing in …" : "Sign in"}
        </button>
      </form>
    </Door>
  );
}

const NotSetUp = () => (
  <Door title="Nobody is set up yet">
    <p>
      The server printed a link for the first administrator when it was started. Open that link; it works once.
    </p>
    <p class="quiet">If the link is gone, stop the server and start it again: it prints a new one as long as nobody is set up.</p>
  </Door>
);
