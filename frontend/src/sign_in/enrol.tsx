import { useEffect, useState } from "preact/hooks";
import { post } from "@/api/client";
import type { Enrolment } from "@/api/types";
import { useDoing } from "@/look/doing";
import { ProblemNotice } from "@/look/notice";
import { go } from "@/shell/router";
import { Code } from "./code";

/** The second factor: scan, type the code once, done. */
export function Enrol({ enrolment }: { enrolment: Enrolment }) {
  const [code, setCode] = useState("");
  const doing = useDoing();
  const picture = usePicture(enrolment.qr_svg);

  const confirm = async (event: SubmitEvent) => {
    event.preventDefault();
    const isReady = await doing.run(async () => {
      await post("/enrolments", { ticket: enrolment.ticket, code }, { isSignIn: true });
    });
    if (isReady) go("/sign-in", { replace: true });
    else setCode("");
  };

  return (
    <div class="enrol">
      {picture && <img src={picture} width="220" height="220" alt="The secret as a QR code; it is written beside it, too" />}
      <form class="form" onSubmit={confirm}>
        <ol>
          <li>Open an authenticator on your phone (any that makes six-digit codes).</li>
          <li>Scan the picture, or type the secret in.</li>
          <li>Type the code it shows now.</li>
        </ol>
        <div>
          <span class="quiet small">Secret of {enrolment.person}, shown only now</span>
          <p class="secret">{enrolment.secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</p>
        </div>
        <Code value={code} onText={setCode} autoFocus />
        <ProblemNotice problem={doing.problem} />
        <button class="button first" disabled={doing.isBusy || code.length < 6}>
          Confirm and go to the sign-in
        </button>
      </form>
    </div>
  );
}

/** The drawing as an address of its own: as an image no part of it can ever run. */
function usePicture(svg: string): string {
  const [address, setAddress] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return address;
}
