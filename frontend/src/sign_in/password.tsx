import { useState } from "preact/hooks";
import { put } from "@/api/client";
import type { Me } from "@/api/types";
import { Sign } from "@/look/alarm";
import { useDoing } from "@/look/doing";
import { Field } from "@/look/field";
import { ProblemNotice } from "@/look/notice";
import { go } from "@/shell/router";
import { me } from "@/shell/session";
import { Code } from "./code";
import { NewPassword, SHORTEST } from "./new_password";
import "./sign_in.css";

/** A new password, after the old one and a code. */
export default function Password() {
  const [given, setGiven] = useState({ password: "", code: "", new_password: "" });
  const [isDone, finish] = useState(false);
  const doing = useDoing();
  const takes = (what: keyof typeof given) => (text: string) => setGiven((before) => ({ ...before, [what]: text }));
  const change = async (event: SubmitEvent) => {
    event.preventDefault();
    finish(await doing.run(async () => void (me.value = await put<Me>("/session/password", given, { isSignIn: true }))));
  };
  if (isDone) return <Changed />;
  return (
    <div class="door">
      <h1>Change your password</h1>
      <form class="form" onSubmit={change}>
        <input class="unseen" name="username" autoComplete="username" value={me.value?.person} readOnly tabIndex={-1} aria-hidden="true" />
        <Field label="Password until now" type="password" autoComplete="current-password" value={given.password} onText={takes("password")} required autoFocus />
        <Code value={given.code} onText={takes("code")} />
        <NewPassword value={given.new_password} onText={takes("new_password")} />
        <ProblemNotice problem={doing.problem} />
        <div class="buttons">
          <button class="button first" disabled={doing.isBusy || given.new_password.length < SHORTEST}>
            Change it
          </button>
          <button type="button" class="button plain" onClick={() => go("/")}>
            Cancel
          </button>
        </div>
      </form>
    </div>
  );
}

const Changed = () => (
  <div class="door">
    <Sign degree="note">changed</Sign>
    <h1>Your password is changed.</h1>
    <p>You stay signed in here; every other session of yours has ended.</p>
    <a class="button first" href="/">
      Go on
    </a>
  </div>
);
