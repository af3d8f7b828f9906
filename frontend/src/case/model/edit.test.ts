import { describe, expect, it } from "vitest";
import { applied, slotOf, standing, together, withEdit, type Edit } from "./edit";
import { CASE } from "./example";

const HAND = { name: "S. Example", day: "2026-11-20" };
const overrule: Edit = { kind: "finding", fact: "body.collapse", about: "T8", value: 41, because: "fractured endplate, measured by hand" };

describe("a finding", () => {
  it("is entered with who, when and why", () => {
    expect(applied(CASE, [overrule], HAND).findings[1]).toEqual({ fact: "body.collapse", about: "T8", value: 41, by: "S. Example", on: "2026-11-20", because: "fractured endplate, measured by hand" });
  });

  it("replaces the entry of the same fact and subject, and no other", () => {
    const changed = applied(CASE, [{ kind: "finding", fact: "patient.ecog", about: "patient", value: 2, because: "" }], HAND);
    expect(changed.findings.map((each) => each.value)).toEqual([2]);
  });

  it("is removed by taking an override back, so that what was measured stands again", () => {
    const overruled = applied(CASE, [overrule], HAND);
    const back = applied(overruled, [{ ...overrule, value: null }], HAND);
    expect(back.findings).toEqual(CASE.findings);
  });

  it("that is unknown is no entry, while no is one", () => {
    const said = applied(CASE, [{ kind: "finding", fact: "spread.liver", about: "patient", value: false, because: "" }], HAND);
    expect(said.findings[1]?.value).toBe(false);
  });
});

describe("edits", () => {
  it("leave the document they are made on as it is", () => {
    const before = JSON.stringify(CASE);
    applied(CASE, [overrule, { kind: "field", at: "neurology.progressing", value: true }], HAND);
    expect(JSON.stringify(CASE)).toBe(before);
  });

  it("of the same slot replace each other", () => {
    expect(withEdit([overrule], { ...overrule, value: 44 }, CASE)).toEqual([{ ...overrule, value: 44 }]);
  });

  it("back to what the document says are none", () => {
    const changed = withEdit([], { kind: "field", at: "story", value: "Other." }, CASE);
    expect(withEdit(changed, { kind: "field", at: "story", value: "Pain for six weeks." }, CASE)).toEqual([]);
  });

  it("of two openings stand together, the later heard where both speak of a slot", () => {
    const story: Edit = { kind: "field", at: "story", value: "Worse." };
    expect(together([story, overrule], [{ ...overrule, value: 44 }], CASE)).toEqual([story, { ...overrule, value: 44 }]);
  });

  it("tell stops apart by act", () => {
    const every: Edit = { kind: "override", stop: "STOP-05", about: "A", act: "", because: "level counted twice in theatre" };
    expect(slotOf(every)).not.toBe(slotOf({ ...every, act: "biopsy" }));
  });

  it("set single fields to unknown", () => {
    expect(applied(CASE, [{ kind: "field", at: "neurology.deficit", value: null }], HAND).neurology.deficit).toBeNull();
  });

  it("change, remove and add treatments by what they were", () => {
    const [given] = CASE.treatments;
    const removed = applied(CASE, [{ kind: "treatment", nth: "1", before: given ?? null, value: null }], HAND);
    expect(removed.treatments).toEqual([]);
    const added = applied(CASE, [{ kind: "treatment", nth: "new", before: null, value: { ...given!, what: "axitinib" } }], HAND);
    expect(added.treatments.map((each) => each.what)).toEqual(["pazopanib", "axitinib"]);
  });

  it("of a treatment that is not saved yet go on from what the document says", () => {
    const given = CASE.treatments[0]!;
    const [first, then] = [{ ...given, what: "axitinib" }, { ...given, what: "cabozantinib" }];
    const added = withEdit([], { kind: "treatment", nth: "new", before: null, value: first }, CASE);
    const changed = withEdit(added, { kind: "treatment", nth: "other", before: first, value: then }, CASE);
    expect(changed).toEqual([{ kind: "treatment", nth: "new", before: null, value: then }]);
    expect(withEdit(changed, { kind: "treatment", nth: "other", before: then, value: null }, CASE)).toEqual([]);
  });

  it("confirm labels with the fingerprint that was looked at", () => {
    const confirmed = applied(CASE, [{ kind: "confirmation", of: "labels", sha256: "ab12" }], HAND);
    expect(confirmed.confirmations).toEqual([{ of: "labels", by: "S. Example", on: "2026-11-20", sha256: "ab12" }]);
    expect(standing(confirmed, { kind: "confirmation", of: "labels", sha256: "" })).toBe("ab12");
  });

  it("take a confirmation back, with those that were void", () => {
    const of = (sha256: string) => ({ of: "labels" as const, by: "S. Example", on: "2026-11-20", sha256 });
    const twice = { ...CASE, confirmations: [of("ab12"), { ...of("ab12"), of: "level" as const }, of("cd34")] };
    expect(applied(twice, [{ kind: "confirmation", of: "labels", sha256: null }], HAND).confirmations.map((each) => each.of)).toEqual(["level"]);
  });
});
