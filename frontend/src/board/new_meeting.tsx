import { useSignal } from "@preact/signals";
import { post } from "@/api/client";
import { Dialog } from "@/look/dialog";
import { useDoing } from "@/look/doing";
import { ProblemNotice } from "@/look/notice";
import { go } from "@/shell/router";
import type { MeetingView } from "./nouns";
import { EMPTY_SAYING, SayMeeting, type Saying } from "./say_meeting";

/** Plan a meeting: its day and place. The agenda comes on its own page. */
export function NewMeeting({ today, onClose }: { today: string; onClose: () => void }) {
  const said = useSignal<Saying>({ ...EMPTY_SAYING, day: today });
  const doing = useDoing();
  const plan = (event: SubmitEvent) => {
    event.preventDefault();
    void doing.run(async () => go(`/board/${encodeURIComponent((await post<MeetingView>("/meetings", said.value)).meeting_id)}`));
  };
  return (
    <Dialog title="New meeting" onClose={onClose}>
      <form class="form" onSubmit={plan}>
        <SayMeeting said={said.value} onSay={(next) => (said.value = next)} />
        <ProblemNotice problem={doing.problem} />
        <p class="buttons">
          <button class="button first" disabled={doing.isBusy}>
            Plan it
          </button>
          <span class="quiet">Next: its agenda.</span>
        </p>
      </form>
    </Dialog>
  );
}
