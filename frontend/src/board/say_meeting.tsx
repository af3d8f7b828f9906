import { isDay } from "@/look/day";
import { Field } from "@/look/field";

/** What is said of a meeting, apart from its agenda. */
export interface Saying {
  day: string;
  starts: string;
  place: string;
  title: string;
}

export const EMPTY_SAYING: Saying = { day: "", starts: "", place: "", title: "Spine tumour board" };

export const SayMeeting = ({ said, onSay }: { said: Saying; onSay: (said: Saying) => void }) => {
  const put = (part: keyof Saying) => (text: string) => onSay({ ...said, [part]: text });
  return (
    <>
      <Field label="Title" value={said.title} onText={put("title")} required maxLength={80} autoFocus />
      <div class="pair">
        <Field label="Day" type="day" value={said.day} onText={put("day")} required wrong={said.day && !isDay(said.day) ? "Write a day, as 2026-11-20." : ""} />
        <Field label="Begins" value={said.starts} onText={put("starts")} maxLength={5} placeholder="14:00" hint="hour and minute; may stay open" wrong={said.starts && !/^([01]\d|2[0-3]):[0-5]\d$/.test(said.starts) ? "Write it as 14:00." : ""} />
      </div>
      <Field label="Place" value={said.place} onText={put("place")} maxLength={80} placeholder="room, or how to join" />
    </>
  );
};
