import { afterEach, expect, test, vi } from "vitest";
import { everyPage } from "./fetched";

afterEach(() => vi.unstubAllGlobals());

test("a list that comes by the page is read to its end, in its order", async () => {
  const asked: string[] = [];
  const pages: Record<string, object> = { "": { items: [1, 2], next: "b 2" }, "b 2": { items: [3], next: "c" }, c: { items: [4], next: "", today: "2026-11-26" } };
  vi.stubGlobal("fetch", (input: RequestInfo | URL) => {
    const address = new URL(typeof input === "object" && "url" in input ? input.url : String(input), "http://here");
    asked.push(address.pathname + address.search);
    return Promise.resolve(new Response(JSON.stringify(pages[address.searchParams.get("after") ?? ""]), { headers: { "Content-Type": "application/json" } }));
  });
  expect(await everyPage("/meetings?limit=2")).toEqual({ items: [1, 2, 3, 4], next: "", today: "2026-11-26" });
  expect(asked).toEqual(["/api/v1/meetings?limit=2", "/api/v1/meetings?limit=2&after=b%202", "/api/v1/meetings?limit=2&after=c"]);
});
