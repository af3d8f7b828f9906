import { expect, test } from "vitest";
import { pressing } from "./due";

test.each([
  ["open", "2026-11-20", "overdue"],
  ["open", "2026-11-21", "due"],
  ["open", "2026-11-28", "due"],
  ["open", "2026-11-29", "later"],
  ["done", "2026-11-20", "settled"],
  ["dropped", "2026-11-20", "settled"],
])("a task that is %s, due on %s, is %s", (state, due, is) => expect(pressing({ state, due }, "2026-11-21")).toBe(is));
