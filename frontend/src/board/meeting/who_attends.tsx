import { Choice, Field } from "@/look/field";
import type { Attendance, Colleague, Joined, Specialty } from "../nouns";
import { HOW, SPECIALTIES } from "../words";

interface WhoProps {
  rows: readonly Attendance[];
  colleagues: readonly Colleague[];
  isByPhone?: boolean;
  onRows: (rows: Attendance[]) => void;
}

/** As what somebody of these roles comes most likely; it is shown and can be changed. */
const LIKELY: Readonly<Record<string, Specialty>> = { surgeon: "spine surgeon", oncologist: "radiation oncologist", radiologist: "radiologist" };

const likely = (one: Colleague): Specialty => one.roles.map((role) => LIKELY[role]).find(Boolean) ?? SPECIALTIES[0];

/** People with their specialty and how they take part; a colleague is taken by name, anybody else is written. */
export function WhoAttends({ rows, colleagues, isByPhone = false, onRows }: WhoProps) {
  const put = (nth: number, change: Partial<Attendance>) => onRows(rows.map((each, at) => (at === nth ? { ...each, ...change } : each)));
  const how = isByPhone ? "by phone" : "in the room";
  const others = colleagues.filter((one) => !rows.some((each) => each.person === one.person));
  return (
    <div class="board-rows">
      {rows.map((each, nth) => (
        <div key={nth} class="board-row">
          <Field label="Name" value={each.name} onText={(name) => put(nth, { name })} maxLength={80} disabled={each.person !== ""} />
          <Choice label="Specialty" value={each.specialty} options={SPECIALTIES.map((word) => [word, word] as const)} onChoose={(specialty) => put(nth, { specialty: specialty as Specialty })} />
          <Choice label="How" value={each.how} options={HOW.map((word) => [word, word] as const)} onChoose={(how) => put(nth, { how: how as Joined })} />
          <button type="button" class="button plain compact" aria-label={`Take off ${each.name || "this line"}`} onClick={() => onRows(rows.filter((_, at) => at !== nth))}>
            Take off
          </button>
        </div>
      ))}
      <p class="buttons">
        {others.map((one) => (
          <button key={one.person} type="button" class="button compact" onClick={() => onRows([...rows, { name: one.name, person: one.person, specialty: likely(one), how }])}>
            + {one.name}
          </button>
        ))}
        <button type="button" class="button compact plain" onClick={() => onRows([...rows, { name: "", person: "", specialty: SPECIALTIES[0], how }])}>
          + somebody else
        </button>
      </p>
    </div>
  );
}
