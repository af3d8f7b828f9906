import { expect, test } from "vitest";
import type { CasePage } from "@/case/nouns";
import { isFromResult, prefilled } from "./prefill";

const page = (lines: readonly (readonly [string, readonly string[]])[]): CasePage =>
  ({
    report: {
      counsel: { minutes: [{ about: "lesion A", lines: lines.map(([label, said]) => ({ label, lines: said, ask: "" })) }] },
      options: [
        { choice: { act: "radiosurgery", about: "A", standing: "rejected", because: "STOP-25 bars it" } },
        { choice: { act: "stabilisation", about: "A", standing: "possible", because: "" } },
        { choice: { act: "biopsy", about: "B", standing: "rejected", because: "STOP-02 bars it" } },
      ],
    },
  }) as unknown as CasePage;

const said = (...lines: (readonly [string, readonly string[]])[]) => prefilled(page(lines), "A");

test("items are what the result says of this lesion", () => {
  const found = said(["Certainty of the diagnosis", ["chordoma, proven by tissue"]], ["Items of consent", ["EDU-01: Tell.", "EDU-02: Write."]], ["Deadline", ["RED-01: 2026-11-22 (RED-01)"]]);
  expect([found.certainty, found.consent, found.deadline]).toEqual(["chordoma, proven by tissue", "EDU-01: Tell.\nEDU-02: Write.", "2026-11-22"]);
  expect(found.rejected).toEqual({ radiosurgery: "STOP-25 bars it" });
});

test("what holds only if something turns out so, or is unknown, stays open", () => {
  const found = said(["Cell of NOMS", ["NOMS-07 if it turns out so"]], ["Target margin", ["unknown until the tumour has a name that the table knows"]], ["Deadline", ["MRI: day not known: hour of the deficit (RED-01)"]]);
  expect([found.noms.words, found.margin.words, found.deadline]).toEqual(["", "", ""]);
});

test("outside NOMS is a reason why there is no cell", () => {
  expect(said(["Cell of NOMS", ["outside the branch of NOMS"]]).noms).toEqual({ isNone: true, words: "outside the branch of NOMS" });
});

test("neither the choice nor who answers for it is ever filled in", () => {
  expect(Object.keys(said(["Chosen option", ["not recorded; biopsy leads by the rules"]], ["Responsible", ["R. Example"]])).sort()).toEqual(["certainty", "consent", "deadline", "margin", "noms", "rejected"]);
});

test("a case without a result fills in nothing", () => expect(prefilled(null, "A").certainty).toBe(""));

test("a text is from the result as long as nobody changed it", () => {
  expect([isFromResult("a ", "a"), isFromResult("b", "a"), isFromResult("", "")]).toEqual([true, false, false]);
});
