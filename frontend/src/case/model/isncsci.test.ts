import { expect, it } from "vitest";
import { allNormal, answersOf, given, keyOf, pressed, scoresOf, WHOLE, wrongScore } from "./isncsci";

it("names items as the form does", () => {
  expect(keyOf("right", "pin prick", "S4-5")).toBe("right_pin_prick_S4_5");
});

it("writes blocks with numbers, and leaves out what is unknown", () => {
  const scores = { right_light_touch_C2: "2", right_motor_C5: "4*", left_pin_prick_S4_5: "NT", deep_anal_pressure: "yes", left_motor_L2: "" };
  expect(answersOf(scores)).toEqual({
    right: { "light touch": { C2: 2 }, motor: { C5: "4*" } },
    left: { "pin prick": { "S4-5": "NT" } },
    "deep anal pressure": "yes",
  });
});

it("reads back what it wrote, in blocks or flat", () => {
  const scores = { ...allNormal(), voluntary_anal_contraction: "no", right_lowest_non_key_muscle: "L2", earlier_deficit: "yes" };
  expect(scoresOf(answersOf(scores))).toEqual(scores);
  expect(scoresOf({ right_motor_C5: 5, deep_anal_pressure: true })).toEqual({ right_motor_C5: "5", deep_anal_pressure: "yes" });
});

it("counts what is given", () => {
  expect(given({ ...allNormal(), voluntary_anal_contraction: "yes", deep_anal_pressure: "yes", earlier_deficit: "no" })).toBe(WHOLE);
  expect(WHOLE).toBe(134);
});

it("takes scores by the scale of their part", () => {
  expect([wrongScore("motor", "5"), wrongScore("light touch", "2"), wrongScore("motor", "NT**"), wrongScore("motor", "")]).toEqual(["", "", "", ""]);
  expect(wrongScore("light touch", "3")).toBeTruthy();
  expect(wrongScore("motor", "5*")).toBeTruthy();
});

it("keys set, tag and clear a score", () => {
  expect(pressed("pin prick", "", "1")).toBe("1");
  expect(pressed("pin prick", "", "3")).toBeNull();
  expect(pressed("motor", "3", "*")).toBe("3*");
  expect(pressed("motor", "3**", "*")).toBe("3");
  expect(pressed("motor", "5", "*")).toBeNull();
  expect(pressed("motor", "3", "n")).toBe("NT");
  expect(pressed("motor", "3", "Backspace")).toBe("");
  expect(pressed("motor", "3", "Tab")).toBeNull();
});
