import { expect, test } from "vitest";
import { kappaWords } from "./kappa";

test.each([
  [{ kappa: 0.618, low: 0.415, high: 0.821, why: "" }, "0.62 (0.41 to 0.83)"],
  [{ kappa: -0.004, low: -0.13, high: 0.1, why: "" }, "0.00 (−0.13 to 0.10)"],
  [{ kappa: 1, low: null, high: null, why: "only one second look has two votes" }, "1.00, interval unknown: only one second look has two votes"],
  [{ kappa: null, low: null, high: null, why: "no second look has two votes" }, "unknown: no second look has two votes"],
])("%j is said as %s", (found, words) => expect(kappaWords(found)).toBe(words));
