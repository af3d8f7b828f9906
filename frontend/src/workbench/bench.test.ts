import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Bench } from "./bench";
import type { Measure, Painted } from "./nouns";
import { runsOf } from "./save/journal";

/** A server with one bench at a time: label values by voxel, and the height of a vertebra, which is how many voxels it has. */
class Server {
  opened = 0;
  version = 3;
  isReached = true;
  isEnded = false;
  refuses = "";
  lacks = "";
  labels: number[] = [];
  asked: string[] = [];

  readonly answer = async (url: string, init: RequestInit): Promise<Response> => {
    if (!this.isReached) throw new TypeError("failed");
    const path = url.replace("/api/v1/cases/2f41/bench", "");
    this.asked.push(`${init.method} ${path.replace(/^\/b\d+/, "")}`);
    if (init.method === "DELETE") return this.end();
    if (path === "") return this.open();
    if (this.isEnded || !path.startsWith(`/b${this.opened}`)) return told({ title: "There is no such bench.", remedy: "Open it again." }, 410);
    if (this.lacks) return told({ title: this.lacks }, 404);
    if (this.refuses && path.endsWith("/paint")) return told({ title: this.refuses }, 422);
    if (path.endsWith("/paint")) return this.paint(init.body as Uint8Array<ArrayBuffer>);
    if (path.endsWith("/relabel")) return new Response(Uint8Array.of(0, 0, 0, 0, 2, 0, 0, 0, 9, 0, 0, 0), { status: 200 });
    if (path.endsWith("/save")) return told({ title: "Somebody saved meanwhile.", since: [] }, 412);
    return told({ seq: 0, items: [this.measure()], took_ms: 1 });
  };

  private end(): Response {
    this.isEnded = true;
    return new Response(null, { status: 204 });
  }

  private open(): Response {
    this.opened += 1;
    this.isEnded = false;
    this.labels = [8, 8, 8, 8, 0, 0];
    const none = { is_confirmed: false, by: "", on: "", sha256: "0" };
    return told({ bench: `b${this.opened}`, case_id: "2f41", version: this.version, seq: 0, words: "", day: "", banner: "", painting: "ct", images: [], structures: [], paints: [], lesions: [], confirmed: { labels: none, level: none }, said: [], unused: [], cuts: [] }, 201);
  }

  private paint(body: Uint8Array<ArrayBuffer>): Response {
    const runs = runsOf(body.slice().buffer);
    for (let at = 0; at < runs.length; at += 3) this.labels.fill(runs[at + 2] as number, runs[at], (runs[at] as number) + (runs[at + 1] as number));
    const painted: Painted = { seq: 1, voxels: 1, measures: [this.measure()], gone: [], took_ms: 1, structures: [] };
    return told(painted);
  }

  private measure(): Measure {
    const shown = `${this.labels.filter((each) => each === 8).length} mm`;
    return { key: "height", fact: "height", words: "height", about: "T8", shown, value: null, low: null, high: null, interval: "", unit: "mm", at_mm: null, plane: null, missing: "", is_changed: true };
  }
}

const told = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
let server: Server;

beforeEach(() => {
  server = new Server();
  vi.stubGlobal("fetch", server.answer);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  window.sessionStorage.clear();
});

async function openBench(): Promise<Bench> {
  const bench = new Bench("2f41");
  await bench.open();
  bench.close();
  await vi.waitFor(() => expect(bench.measures.value).toHaveLength(1));
  return bench;
}

test("a bench that is lost is opened again, and unsaved strokes are on it in their order", async () => {
  const bench = await openBench();
  await bench.paint("Paint vertebra T8", Uint32Array.of(4, 2, 8));
  await bench.paint("Erase", Uint32Array.of(3, 2, 0));
  server.opened += 1; // the server was started anew
  await bench.paint("Erase", Uint32Array.of(0, 1, 0));

  expect(server.labels).toEqual([0, 8, 8, 0, 0, 8]);
  expect(bench.said.value).toContain("opened again");
  expect(bench.unsaved.value.strokes).toHaveLength(3);
});

test("before is what was measured before the first stroke, after a reload too", async () => {
  const bench = await openBench();
  await bench.paint("Erase", Uint32Array.of(0, 1, 0));
  const reloaded = await openBench();

  expect(server.labels).toEqual([0, 8, 8, 8, 0, 0]);
  expect(reloaded.unsaved.value.before).toEqual({ height: "4 mm" });
  expect(reloaded.measures.value[0]?.shown).toBe("3 mm");
});

test("without a connection strokes wait, and are sent once it is back", async () => {
  const bench = await openBench();
  vi.useFakeTimers();
  server.isReached = false;
  await bench.paint("Erase", Uint32Array.of(0, 1, 0));
  await bench.paint("Erase", Uint32Array.of(1, 1, 0));
  expect(server.labels).toEqual([8, 8, 8, 8, 0, 0]);
  server.isReached = true;
  await vi.advanceTimersByTimeAsync(2_100);

  expect(server.labels).toEqual([0, 0, 8, 8, 0, 0]);
  expect(server.asked.filter((each) => each.endsWith("/paint"))).toHaveLength(1);
});

test("strokes that are refused are told and not kept, so that those after them arrive", async () => {
  const bench = await openBench();
  server.refuses = "This swallows the volume.";
  await bench.paint("Grow tumour A", Uint32Array.of(0, 6, 9));
  expect(bench.refusal.value?.title).toBe("This swallows the volume.");
  expect(bench.isChanged.value).toBe(false);
  expect(bench.labelsAnew.value).toBe(1);
  server.refuses = "";
  await bench.paint("Erase", Uint32Array.of(0, 1, 0));
  expect(bench.refusal.value).toBeNull();
});

test("work made on another version is offered, never put on by itself", async () => {
  const bench = await openBench();
  await bench.paint("Erase", Uint32Array.of(0, 1, 0));
  server.version = 4;
  const reloaded = await openBench();

  expect(server.labels).toEqual([8, 8, 8, 8, 0, 0]);
  expect(reloaded.offered.value?.version).toBe(3);
  await reloaded.takeUp();
  expect(server.labels).toEqual([0, 8, 8, 8, 0, 0]);
  expect(reloaded.unsaved.value.version).toBe(4);
});

test("another name is asked for again on a bench that was opened anew, before its runs", async () => {
  const bench = await openBench();
  await bench.relabel("Relabel T8 as T9", { level: "T8", to: "T9", swap: false, shift: 0, end: "foot" });
  server.opened += 1;
  server.asked = [];
  await bench.paint("Erase", Uint32Array.of(5, 1, 0));

  const made = server.asked.map((each) => each.split("/").at(-1));
  expect(made.slice(-3)).toEqual(["relabel", "paint", "paint"]);
});

test("what is asked while all is discarded waits for the new bench, and opens no other", async () => {
  const bench = await openBench();
  await bench.paint("Erase", Uint32Array.of(0, 1, 0));
  const discarded = bench.discard();
  await bench.asked("GET", "/measures");
  await discarded;
  expect(bench.isReopening.value).toBe(false); // who waited for the other's opening says so no longer
  expect(server.opened).toBe(2);
  expect(bench.isChanged.value).toBe(false);
});

test("something that a bench has not is no lost bench", async () => {
  const bench = await openBench();
  server.lacks = "There is no such mesh.";
  await expect(bench.drawn("axial", 3)).rejects.toMatchObject({ status: 404 });
  expect(server.opened).toBe(1);
  server.lacks = "There is no such bench."; // the server was started anew
  await expect(bench.drawn("axial", 3)).rejects.toMatchObject({ status: 404 });
  expect(server.opened).toBe(2);
});

test("a save that was overtaken loses nothing", async () => {
  const bench = await openBench();
  await bench.paint("Erase", Uint32Array.of(0, 1, 0));
  await expect(bench.save("erased", { labels: false, level: false })).rejects.toMatchObject({ status: 412 });
  expect(bench.isChanged.value).toBe(true);
});
