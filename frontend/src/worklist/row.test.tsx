import { render } from "preact";
import { expect, test } from "vitest";
import type { WorklistLine } from "@/api/types";
import { line } from "./line.fixture";
import { Row } from "./row";

function shown(said: Partial<WorklistLine>): HTMLElement {
  const place = document.createElement("div");
  render(<Row line={line(said)} today="2026-11-21" job={undefined} isChosen={false} />, place);
  return place;
}

test("a stop has its word, its shape and its rule", () => {
  const row = shown({ degree: "stop", what: "STOP-08 decide within 24 h" });
  expect(row.textContent).toContain("stop");
  expect(row.querySelector("svg.shape.stop path")).not.toBeNull();
  expect(row.textContent).toContain("STOP-08 decide within 24 h");
});

test("a case without a work-up is not called free of alarm", () => {
  expect(shown({ worked_up: 0, state: "new" }).textContent).toContain("not known yet");
  expect(shown({ worked_up: 0, state: "new" }).textContent).not.toContain("no alarm");
  expect(shown({ worked_up: 1 }).textContent).toContain("no alarm");
});

test("a clock that has run out says since when", () => {
  const row = shown({ due: "2026-11-20", due_what: "decompression" });
  expect(row.querySelector(".pressing")?.textContent).toBe("overdue 1 day");
  expect(row.textContent).toContain("by 2026-11-20: decompression");
});

test("each rule stands on a line of its own", () => {
  const row = shown({ degree: "stop", what: "STOP-05 Count the vertebrae · twice. · RED-01 Contact the coordinator." });
  expect([...row.querySelectorAll(".row-what")].map((each) => each.textContent)).toEqual(["STOP-05 Count the vertebrae · twice.", "RED-01 Contact the coordinator."]);
});

test("a case that waits says for what, and calls nothing failed", () => {
  const row = shown({ worked_up: 0, state: "new", readiness: "waits for the outline of the tumour" });
  expect(row.textContent).toContain("waits for the outline of the tumour");
  expect(row.textContent).not.toContain("failed");
  expect(row.querySelector("svg.shape")).toBeNull();
});

test("what is not a patient says so", () => expect(shown({ origin: "painted" }).textContent).toContain("PAINTED DATA"));

test("markup in a diagnosis is text", () => {
  const row = shown({ headline: "<img src=x onerror=alert(1)>" });
  expect(row.querySelector("img")).toBeNull();
  expect(row.textContent).toContain("<img");
});
