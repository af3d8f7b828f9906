import { expect, test } from "vitest";
import { detailOf } from "./detail";

test.each([
  ['{"person":"r.example","roles":["reader","surgeon"]}', "person r.example · roles reader, surgeon"],
  [`{"sha256":"${"a1".repeat(32)}"}`, "sha256 a1a1a1a1…"],
  ['{"after":"","shown":6}', "shown 6"],
  ["no JSON", "no JSON"],
  ["", ""],
])("%s", (detail, words) => expect(detailOf(detail)).toBe(words));
