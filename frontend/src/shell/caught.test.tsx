import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import { Caught } from "./caught";

const Broken = () => {
  throw new TypeError("undefined is no patient");
};

test("a page that fails while it is drawn says so, and nothing of what failed", async () => {
  const place = document.createElement("div");
  await act(() => render(<Caught><Broken /></Caught>, place));
  expect(place.textContent).toContain("fault of its own");
  expect(place.textContent).not.toContain("patient");
});
