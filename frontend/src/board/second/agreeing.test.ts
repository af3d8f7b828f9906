import { expect, test } from "vitest";
import { agreeing, agreeingWords } from "./agreeing";

test.each([
  [[], null, "Nobody voted."],
  [["biopsy"], null, "One vote: there is nothing to agree with."],
  [["biopsy", "biopsy", "biopsy"], 1, "All 3 name the same option."],
  [["biopsy", "biopsy", "radiosurgery"], 1 / 3, "1 of 3 pairs of votes agree."],
  [["a", "b"], 0, "0 of 1 pairs of votes agree."],
])("%j", (votes, share, words) => {
  const found = agreeing(votes);
  expect(found.share).toEqual(share === null ? null : expect.closeTo(share));
  expect(agreeingWords(found)).toBe(words);
});

test("the option that most name comes first", () => expect(agreeing(["a", "b", "b"]).named).toEqual([["b", 2], ["a", 1]]));
