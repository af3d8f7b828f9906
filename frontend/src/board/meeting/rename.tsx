import { useSignal } from "@preact/signals";
import { Dialog } from "@/look/dialog";
import { Choice } from "@/look/field";
import { ProblemNotice } from "@/look/notice";
import { useMeeting } from "../model/meeting";
import { EMPTY_SAYING, SayMeeting } from "../say_meeting";

/** Change what is said of a meeting, and who leads it. */
export function Rename({ onClose }: { onClose: () => void }) {
  const meeting = useMeeting();
  const said = useSignal({ ...EMPTY_SAYING, chair: "", ...pick(meeting.view.value) });
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await meeting.change(said.value)) onClose();
  };
  return (
    <Dialog title="Change the meeting" onClose={onClose}>
      <form class="form" onSubmit={save}>
        <SayMeeting said={said.value} onSay={(next) => (said.value = { ...said.value, ...next })} />
        <Choice label="Led by" value={said.value.chair} options={meeting.colleagues.value.map((each) => [each.person, each.name] as const)} onChoose={(chair) => (said.value = { ...said.value, chair })} hint="Who leads it may reveal second looks before all have voted." />
        <ProblemNotice problem={meeting.refusal.value} />
        <p class="buttons">
          <button class="button first">Save</button>
        </p>
      </form>
    </Dialog>
  );
}

const pick = (view: { day: string; starts: string; place: string; title: string; chair: string } | null) => (view ? { day: view.day, starts: view.starts, place: view.place, title: view.title, chair: view.chair } : {});
