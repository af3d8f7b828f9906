import { Alarm } from "@/look/alarm";
import { DraftWord } from "@/look/values";
import { WhoAttends } from "../meeting/who_attends";
import { useDeciding } from "./deciding";
import { lackingOf } from "./form";
import { Lines } from "./reason_field";

/** A quorum by phone (MDT-03): what could not wait, and who was called. */
export function Phone() {
  const { form, put, wrong, colleagues } = useDeciding();
  const lacking = lackingOf(form.value.attendance);
  return (
    <fieldset class="board-group">
      <legend>
        Quorum by phone <span class="quiet small">MDT-03</span> <DraftWord />
      </legend>
      <p class="small quiet">For emergencies out of hours: a spine surgeon and a radiation oncologist decide by phone, and nobody waits for the meeting. It stays “to be ratified” until a board ratifies or changes it.</p>
      <Lines label="What could not wait" value={form.value.emergency} onText={(emergency) => put({ emergency })} wrong={wrong.value.get("emergency")} />
      <WhoAttends rows={form.value.attendance} colleagues={colleagues.value} isByPhone onRows={(attendance) => put({ attendance })} />
      {lacking.length > 0 && (
        <Alarm degree={wrong.value.has("attendance") ? "urgent" : "caution"} title="No quorum yet">
          <p>It lacks its {lacking.join(" and its ")}. Call them, and name them here.</p>
        </Alarm>
      )}
    </fieldset>
  );
}
