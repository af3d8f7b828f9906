import { afterEach, expect, test } from "vitest";
import { bindings, press } from "./keys";

afterEach(() => {
  bindings.value = [];
  document.body.replaceChildren();
});

function pressed(key: string, on: Element = document.body, held: KeyboardEventInit = {}): number {
  let times = 0;
  bindings.value = [{ keys: [key], words: "", does: () => (times += 1) }];
  const event = new KeyboardEvent("keydown", { key, cancelable: true, ...held });
  Object.defineProperty(event, "target", { value: on });
  press(event);
  return times;
}

test("a key does what it is bound to", () => expect(pressed("j")).toBe(1));

test("keys rest while somebody types", () => {
  const field = document.createElement("input");
  document.body.append(field);
  expect(pressed("j", field)).toBe(0);
});

test("keys rest while a dialog is open", () => {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("open", "");
  document.body.append(dialog);
  expect(pressed("j")).toBe(0);
});

test("the browser's own keys stay its own", () => expect(pressed("r", document.body, { ctrlKey: true })).toBe(0));
