import { moment } from "@/case/model/clock";
import { useMeeting } from "../model/meeting";

/** What was asked while the meeting lasted. */
export function Asked() {
  const meeting = useMeeting();
  const asked = meeting.view.value?.asked ?? [];
  const caseWords = (id: string): string => `case ${(meeting.view.value?.agenda.findIndex((each) => each.case_id === id) ?? -1) + 1 || id}`;
  if (asked.length === 0) return null;
  return (
    <section class="part" aria-labelledby="asked-title">
      <header class="part-head">
        <h2 id="asked-title">Asked</h2>
      </header>
      <ul class="board-people plain small">
        {asked.map((each) => (
          <li key={each.number}>
            <span dir="auto">
              {each.words} <span class="quiet">{meeting.nameOf(each.by)}, {caseWords(each.case_id)}</span>
            </span>
            <span class="quiet">{moment(each.at)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
