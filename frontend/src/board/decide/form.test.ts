import { expect, test } from "vitest";
import { wrongReason } from "@/case/model/typed";
import { EMPTY, linesOf, missingIn, wrongIn, type Form } from "./form";
import { wishOf } from "./wish";

const REASON = "The cord is decompressed first; radiosurgery follows.";
const form = (said: Partial<Form>): Form => ({ ...EMPTY, lesion: "A", ...said });
const wrong = (said: Partial<Form>, way: "meeting" | "quorum by phone" = "meeting") => [...wrongIn(form(said), way, wrongReason).keys()];
const SURGEON = { name: "S. Example", specialty: "spine surgeon", how: "by phone", person: "s.example" } as const;
const ONCOLOGIST = { name: "O. Example", specialty: "radiation oncologist", how: "by phone", person: "" } as const;

test("an empty form can be recorded, and says all that MDT-04 misses", () => {
  expect(wrong({})).toEqual([]);
  expect(missingIn(form({}))).toHaveLength(8);
});

test("a reason why there is no cell of NOMS answers for it", () => {
  expect(missingIn(form({ noms: { isNone: true, words: "outside the branch of NOMS" } }))).not.toContain("cell of NOMS");
});

test.each<[string, Partial<Form>, string[]]>([
  ["a choice without a reason", { chosen: "biopsy" }, ["because"]],
  ["a rejection without one", { rejected: { biopsy: "no" } }, ["rejected biopsy"]],
  ["an override without one", { overrides: { "STOP-05": "" } }, ["override STOP-05"]],
  ["dissent without a name", { dissent: [{ name: " ", because: REASON }] }, ["dissent 0 name"]],
  ["a disagreement with no rule", { disagreements: [{ rule: "", name: "S. Example", because: REASON }] }, ["disagreement 0 rule"]],
  ["a task for nobody, never", { tasks: [{ what: "biopsy", owner: "", due: "" }] }, ["task 0 owner", "task 0 due"]],
  ["a reason that says something", { chosen: "biopsy", because: REASON }, []],
])("%s", (_, said, places) => expect(wrong(said)).toEqual(places));

test("a quorum by phone needs an emergency, its surgeon and its radiation oncologist (MDT-03)", () => {
  const emergency = "Legs weaker by the hour.";
  expect(wrong({}, "quorum by phone")).toEqual(["emergency", "attendance"]);
  expect(wrongIn(form({ emergency, attendance: [SURGEON] }), "quorum by phone", wrongReason).get("attendance")).toContain("radiation oncologist");
  expect(wrong({ emergency, attendance: [SURGEON, { ...ONCOLOGIST, name: " " }] }, "quorum by phone")).toEqual(["attendance"]);
  expect(wrong({ emergency, attendance: [SURGEON, ONCOLOGIST] }, "quorum by phone")).toEqual([]);
});

const AROUND = { way: "meeting", meetingId: "m1", presented: { version: 3, result: "abc" }, confirmed: null, supersedes: "", stops: [{ id: "STOP-05", about: "lesion A" }] } as const;

test("nothing is sent in the place of what nobody stated", () => {
  const sent = wishOf(form({}), AROUND);
  expect([sent.certainty, sent.noms, sent.margin, sent.chosen, sent.responsible, sent.deadline]).toEqual([null, null, null, null, null, null]);
  expect([sent.of_version, sent.of_result, sent.confirmed_version]).toEqual([3, "abc", null]);
});

test("what is typed over several lines is sent as it is printed", () => {
  const sent = wishOf(form({ chosen: "biopsy", because: "First\nthe  name.", consent: "one\n\n two ", overrides: { "STOP-05": REASON } }), { ...AROUND, confirmed: { newest: 4, result: "def" } });
  expect(sent.chosen).toEqual({ act: "biopsy", plan: "", because: "First the name." });
  expect(sent.consent).toEqual(["one", "two"]);
  expect(sent.overrides).toEqual([{ stop: "STOP-05", about: "A", act: "biopsy", because: REASON }]);
  expect([sent.confirmed_version, sent.confirmed_result]).toEqual([4, "def"]);
});

test("an override of a stop that does not hold for what is chosen is not sent", () => {
  expect(wishOf(form({ chosen: "biopsy", overrides: { "STOP-09": REASON } }), AROUND).overrides).toEqual([]);
});

test("empty lines are no items", () => expect(linesOf("\n a \n\n b")).toEqual(["a", "b"]));
