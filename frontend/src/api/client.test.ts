import { afterEach, expect, test, vi } from "vitest";
import { ask, isOnline, queryOf, signedOut } from "./client";
import { Problem } from "./problem";

afterEach(() => vi.unstubAllGlobals());

const answers = (status: number, body: unknown, type = "application/problem+json") =>
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(body), { status, headers: { "Content-Type": type, ETag: '"3"' } }));

const refused = async (): Promise<Problem> => ask("GET", "/worklist").then(() => expect.unreachable(), (thrown: Problem) => thrown);

test("an answer brings its version", async () => {
  answers(200, { a: 1 }, "application/json");
  expect(await ask("GET", "/cases/x")).toMatchObject({ body: { a: 1 }, etag: '"3"' });
});

test("a refusal is told with its remedy", async () => {
  answers(422, { title: "No day.", remedy: "Write it as 2026-11-21.", where: "as_of" });
  const problem = await refused();
  expect([problem.title, problem.remedy, problem.members["where"]]).toEqual(["No day.", "Write it as 2026-11-21.", "as_of"]);
});

test("an ended session leads out, a wrong sign-in does not", async () => {
  const out = vi.fn();
  signedOut.call = out;
  answers(401, { title: "Sign in." });
  await refused();
  expect(out).toHaveBeenCalledOnce();
  await ask("POST", "/session", { body: {}, isSignIn: true }).catch(() => undefined);
  expect(out).toHaveBeenCalledOnce();
});

test("a lost connection is a problem with a remedy", async () => {
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("failed")));
  expect((await refused()).status).toBe(0);
  expect(isOnline.value).toBe(false);
});

test("what is empty is left out of an address", () => expect(queryOf({ view: "", words: "T8 renal", limit: 50 })).toBe("?words=T8+renal&limit=50"));
