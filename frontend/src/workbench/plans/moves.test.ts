import { expect, test } from "vitest";
import { Moves } from "./moves";

/** A server whose answers come when the test says so. */
function slow() {
  const asked: { seq: number; wish: string; answer: (found?: { seq: number }) => void; refuse: () => void }[] = [];
  const shown: string[] = [];
  const failed: string[] = [];
  const moves = new Moves<string, { seq: number }>({
    ask: (seq, wish) => new Promise((answer, refuse) => asked.push({ seq, wish, answer: (found = { seq }) => answer(found), refuse: () => refuse(new Error("refused")) })),
    about: (wish) => wish.split(" ")[2] ?? "",
    shown: (_, wish) => shown.push(wish),
    failed: (_, wish) => failed.push(wish),
  });
  return { moves, asked, shown, failed };
}

const settled = () => new Promise((done) => setTimeout(done, 0));

test("of the moves that wait only the newest is asked", async () => {
  const { moves, asked, shown } = slow();
  for (const wish of ["1 mm", "2 mm", "3 mm", "4 mm"]) moves.move(wish);
  expect(asked.map((each) => each.wish)).toEqual(["1 mm"]);
  asked[0]?.answer();
  await settled();
  expect(asked.map((each) => each.wish)).toEqual(["1 mm", "4 mm"]);
  expect(moves.isBehind).toBe(true);
  asked[1]?.answer();
  await settled();
  expect(shown).toEqual(["1 mm", "4 mm"]);
  expect(moves.isBehind).toBe(false);
});

test("the last move of one cut is not taken away by the first of another", async () => {
  const { moves, asked, shown } = slow();
  for (const wish of ["1 mm cranial", "2 mm cranial", "9 mm caudal", "3 mm cranial", "8 mm caudal"]) moves.move(wish);
  for (const nth of [0, 1, 2]) {
    asked[nth]?.answer();
    await settled();
  }
  expect(shown).toEqual(["1 mm cranial", "3 mm cranial", "8 mm caudal"]);
});

test("an answer to an older move never takes the place of a newer one", async () => {
  const { moves, asked, shown } = slow();
  moves.move("1 mm");
  asked[0]?.answer();
  await settled();
  moves.move("2 mm");
  asked[1]?.answer({ seq: 1 }); // a server that tells the one before once more
  await settled();
  expect(shown).toEqual(["1 mm"]);
});

test("a refused move is told, unless a newer one is made meanwhile", async () => {
  const { moves, asked, failed, shown } = slow();
  moves.move("1 mm");
  moves.move("2 mm");
  asked[0]?.refuse();
  await settled();
  expect(failed).toEqual([]);
  asked[1]?.refuse();
  await settled();
  expect(failed).toEqual(["2 mm"]);
  expect(shown).toEqual([]);
});

test("what was put back is not moved by an answer that was on its way", async () => {
  const { moves, asked, shown } = slow();
  moves.move("1 mm");
  moves.forget();
  asked[0]?.answer();
  await settled();
  expect(shown).toEqual([]);
});

test("numbers go on where the server has seen some", () => {
  const asked: number[] = [];
  new Moves<string, { seq: number }>({ ask: (seq) => (asked.push(seq), new Promise(() => undefined)), about: () => "", shown: () => undefined, failed: () => undefined }, 7).move("1 mm");
  expect(asked).toEqual([8]);
});
