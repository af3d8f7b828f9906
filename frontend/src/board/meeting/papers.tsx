import { useMeeting } from "../model/meeting";

/** What can be taken along: the invitation and the agenda before it, the minutes after it. */
export function Papers() {
  const meeting = useMeeting();
  const isOver = meeting.view.value?.state === "closed";
  return (
    <section class="part screen-only" aria-labelledby="papers-title">
      <header class="part-head">
        <h2 id="papers-title">Papers</h2>
      </header>
      <ul class="board-taken plain">
        <li>
          <a href={meeting.file("invitation.ics")} download="">
            Invitation
          </a>{" "}
          <span class="quiet small">for calendars; of the cases it holds the ids alone</span>
        </li>
        <Pdf name="agenda.pdf" words="Agenda" said="with what is missing, to tick" />
        <Pdf name="minutes.pdf" words={isOver ? "Minutes" : "Minutes so far"} said={isOver ? "as the meeting was closed" : "not final"} />
      </ul>
      <p class="quiet small">Each holds the cases that you may see.</p>
    </section>
  );
}

const Pdf = ({ name, words, said }: { name: string; words: string; said: string }) => (
  <li>
    <a href={useMeeting().file(name)} target="_blank" rel="noopener">
      {words}
    </a>{" "}
    <span class="quiet small">PDF, {said}</span>
  </li>
);
