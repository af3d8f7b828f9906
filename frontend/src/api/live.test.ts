import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { hear, isLive } from "./live";

class Line extends EventTarget {
  static readonly open: Line[] = [];
  isClosed = false;

  constructor(readonly path: string) {
    super();
    Line.open.push(this);
  }

  close = (): void => void (this.isClosed = true);

  tell(event: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data) }));
  }
}

beforeEach(() => {
  Line.open.length = 0;
  vi.stubGlobal("EventSource", Line);
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("what happened before the server hears a page is read again, each time", () => {
  const [saved, again] = [vi.fn(), vi.fn()];
  const end = hear("/events", { saved }, again);
  Line.open[0]?.tell("here", {});
  Line.open[0]?.tell("saved", { version: 2 });
  expect([again.mock.calls.length, saved.mock.calls]).toEqual([1, [[{ version: 2 }]]]);

  Line.open[0]?.dispatchEvent(new Event("error"));
  expect([isLive.value, Line.open[0]?.isClosed]).toEqual([false, true]);
  vi.advanceTimersByTime(1000);
  Line.open[1]?.tell("here", {});
  expect([again.mock.calls.length, isLive.value]).toEqual([2, true]);
  end();
  expect(Line.open[1]?.isClosed).toBe(true);
});
