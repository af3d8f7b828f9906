import { beforeEach, expect, test } from "vitest";
import { EMPTY } from "./form";
import { forget, keep, kept } from "./kept";

const begun = { version: 3, result: "abc", at: "2026-11-21T10:00:00Z", form: { ...EMPTY, because: "the cord first" } };

beforeEach(() => window.sessionStorage.clear());

test("what was begun is given back to its person, for its case of its meeting", () => {
  keep("s.example", "m1 2f41", begun);
  expect(kept("s.example", "m1 2f41")).toEqual(begun);
  expect(kept("o.other", "m1 2f41")).toBeNull();
  expect(kept("s.example", "m1 2f4")).toBeNull();
});

test("what was recorded is forgotten, and what cannot be read is nothing", () => {
  keep("s.example", "m1 2f41", begun);
  forget("s.example", "m1 2f41");
  window.sessionStorage.setItem("enbloc.draft|s.example|decision m1 9c", "{");
  expect([kept("s.example", "m1 2f41"), kept("s.example", "m1 9c")]).toEqual([null, null]);
});

test("a form of an older page gets the fields that it lacks", () => {
  window.sessionStorage.setItem("enbloc.draft|s.example|decision m1 9c", JSON.stringify({ ...begun, form: { because: "x" } }));
  expect(kept("s.example", "m1 9c")?.form).toEqual({ ...EMPTY, because: "x" });
});

test("nothing of a patient is put into local storage", () => {
  keep("s.example", "m1 2f41", begun);
  expect(window.localStorage.length).toBe(0);
});
