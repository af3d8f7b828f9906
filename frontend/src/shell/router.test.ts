import { expect, test } from "vitest";
import { matched } from "./router";

test.each([
  ["/", "/", {}],
  ["/case/:id", "/case/2f41", { id: "2f41" }],
  ["/case/:id", "/case/2f41/", { id: "2f41" }],
  ["/case/:id", "/case/a%20b", { id: "a b" }],
  ["/case/:id", "/case/%zz", { id: "%zz" }],
  ["/case/:id", "/case/", null],
  ["/case/:id", "/case/2f41/versions", null],
  ["/bring", "/", null],
])("%s at %s", (pattern, path, found) => expect(matched(pattern, path)).toEqual(found));
