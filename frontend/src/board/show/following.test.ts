import { expect, test } from "vitest";
import { begun, next, type Seen } from "./following";

const ONE = { case_id: "2f41", view: "story" };
const OTHER = { case_id: "2f41", view: "scores" };
const following: Seen = { stand: "following", at: ONE, shown: ONE };
const told = (place: typeof ONE, isMine = false) => ({ what: "told", shown: place, isMine }) as const;

test("who follows sees what is shown", () => expect(next(following, told(OTHER)).at).toEqual(OTHER));

test("who looked away is not pulled back, and returns to what is shown by then", () => {
  const away = next(following, { what: "moved", to: OTHER });
  expect(away.stand).toBe("elsewhere");
  const meanwhile = next(away, told({ case_id: "9c", view: "story" }));
  expect(meanwhile.at).toEqual(OTHER);
  const back = next(meanwhile, { what: "returned" });
  expect([back.stand, back.at]).toEqual(["following", { case_id: "9c", view: "story" }]);
});

test("who comes to what is shown by chance follows again", () => {
  const away = next(following, { what: "moved", to: OTHER });
  expect(next(away, told(OTHER)).stand).toBe("following");
  expect(next(away, { what: "moved", to: ONE }).stand).toBe("following");
});

test("before anybody presents, moving is no looking away", () => {
  expect(next({ ...following, shown: null }, { what: "moved", to: OTHER }).stand).toBe("following");
});

test("the presenter is not moved by the echo of an earlier step", () => {
  const presenting = next(next(following, { what: "took over" }), { what: "moved", to: OTHER });
  const echoed = next(presenting, told(ONE, true));
  expect([echoed.stand, echoed.at]).toEqual(["presenting", OTHER]);
});

test("when another takes over, the presenter follows", () => {
  const presenting = next(following, { what: "took over" });
  expect(next(presenting, told(OTHER))).toEqual({ stand: "following", at: OTHER, shown: OTHER });
});

test("a screen begins at what is shown, and where nothing is, at the first case", () => {
  expect(begun(OTHER, null, ONE, false)).toEqual({ stand: "following", at: OTHER, shown: OTHER });
  expect(begun(null, null, ONE, false)).toEqual({ stand: "following", at: ONE, shown: null });
});

test("who comes back from a decision sees it, and presents it if they presented before", () => {
  expect(begun(ONE, OTHER, ONE, false)).toEqual({ stand: "elsewhere", at: OTHER, shown: ONE });
  expect(begun(ONE, OTHER, ONE, true)).toEqual({ stand: "presenting", at: OTHER, shown: ONE });
  expect(begun(null, OTHER, ONE, false).stand).toBe("following");
});
