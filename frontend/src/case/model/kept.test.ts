import { beforeEach, expect, it } from "vitest";
import { CASE } from "./example";
import { forget, keep, kept, type Draft } from "./kept";

const draft = (at: string, opening = "first"): Draft => ({ version: 3, document: CASE, edits: [{ kind: "field", at: "story", value: "Worse." }], at, opening });

beforeEach(() => window.sessionStorage.clear());

it("gives unsaved work back to the person and case it was made by and for", () => {
  keep("r.example", "2f41", draft("2026-11-20T10:00:00Z"));
  expect(kept("r.example", "2f41", "second")?.edits).toHaveLength(1);
  expect(kept("o.other", "2f41", "second")).toBeNull();
  expect(kept("r.example", "2f4", "second")).toBeNull();
});

it("holds nothing once the last edit is undone, or all is forgotten", () => {
  keep("r.example", "2f41", draft("2026-11-20T10:00:00Z"));
  keep("r.example", "2f41", { ...draft("2026-11-20T10:01:00Z"), edits: [] });
  expect(window.sessionStorage.length).toBe(0);
  keep("r.example", "2f41", draft("2026-11-20T10:00:00Z"));
  forget("r.example", "2f41", "first");
  expect(kept("r.example", "2f41", "second")).toBeNull();
});

it("never writes over what an earlier opening left behind", () => {
  keep("r.example", "2f41", draft("2026-11-20T10:00:00Z"));
  keep("r.example", "2f41", draft("2026-11-20T11:00:00Z", "second"));
  keep("r.example", "2f41", { ...draft("2026-11-20T11:01:00Z", "second"), edits: [] });
  expect(kept("r.example", "2f41", "second")?.at).toBe("2026-11-20T10:00:00Z");
});

it("offers no opening its own work", () => {
  keep("r.example", "2f41", draft("2026-11-20T10:00:00Z"));
  expect(kept("r.example", "2f41", "first")).toBeNull();
});

it("drops what cannot be read", () => {
  window.sessionStorage.setItem("enbloc.draft|r.example|2f41|3", "{");
  expect(kept("r.example", "2f41", "second")).toBeNull();
});

it("puts nothing of a patient into local storage", () => {
  keep("r.example", "2f41", draft("2026-11-20T10:00:00Z"));
  expect(window.localStorage.length).toBe(0);
});
