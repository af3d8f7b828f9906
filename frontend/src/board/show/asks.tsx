import { useSignal } from "@preact/signals";
import { Dialog } from "@/look/dialog";
import { Field } from "@/look/field";
import { ProblemNotice } from "@/look/notice";
import { useMeeting } from "../model/meeting";

/** Ask everybody something about the case, or to look at something; it appears on every screen. */
export function Asks({ caseId, onClose }: { caseId: string; onClose: () => void }) {
  const meeting = useMeeting();
  const text = useSignal("");
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    if (text.value.trim() && (await meeting.askAll(caseId, text.value.trim()))) onClose();
  };
  return (
    <Dialog title="Ask everybody" onClose={onClose}>
      <form class="form" onSubmit={send}>
        <Field label="A question, or what to look at" value={text.value} onText={(each) => (text.value = each)} maxLength={400} placeholder="please look at the left T9 root on the axial" hint="It appears on every screen of the meeting, under your name." autoFocus required />
        <ProblemNotice problem={meeting.refusal.value} />
        <p class="buttons">
          <button class="button first">Ask</button>
        </p>
      </form>
    </Dialog>
  );
}
