import { beforeEach, expect, it } from "vitest";
import { CASE } from "./example";
import { forget, keep, kept, type Draft } from "./kept";

const draft = (at: string): Draft => ({ version: 3, document: CASE, edits: [{ kind: "field", at: "story", value: "Worse." }], at });

beforeEach(() => window.sessionStorage.clear());

it("gives unsaved work back to the person and case it was made by and for", () => {
  keep("r.example", "2f41", draft("2026-11-20T10:00:00Z"));
  expect(kept("r.example", "2f41")?.edits).toHaveLength(1);
  expect(kept("o.other", "2f41")).toBeNull();
  expect(kept("r.example", "2f4")).toBeNull();
});

it("holds nothing once the last edit is undone, or all is forgotten", () => {
  keep("r.example", "2f41", draft("2026-11-20T10:00:00Z"));
  keep("r.example", "2f41", { ...draft("2026-11-20T10:01:00Z"), edits: [] });
  expect(window.sessionStorage.length).toBe(0);
  keep("r.example", "2f41", draft("2026-11-20T10:00:00Z"));
  forget("r.example", "2f41");
  expect(kept("r.example", "2f41")).toBeNull();
});

it("drops what cannot be read", () => {
  window.sessionStorage.setItem("enbloc.draft|r.example|2f41|3", "{");
  expect(kept("r.example", "2f41")).toBeNull();
});

it("puts nothing of a patient into local storage", () => {
  keep("r.example", "2f41", draft("2026-11-20T10:00:00Z"));
  expect(window.localStorage.length).toBe(0);
});
