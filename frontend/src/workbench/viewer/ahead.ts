import { effect } from "@preact/signals";
import type { Bench } from "../bench";
import { isEmpty } from "../save/journal";
import type { Part, Source } from "./loading";

/**
 * Asks for the images as soon as the bench is open, before anything else is asked of it: a bench does one thing after
 * the other, and measures can wait. Labels come after the strokes that were not saved have been sent to it again.
 */
export class Ahead implements Source {
  private readonly asked = new Map<string, Promise<{ content: Blob }>>();
  private readonly stop: () => void;

  constructor(private readonly bench: Bench) {
    let isDone = false;
    this.stop = effect(() => {
      const view = bench.view.value;
      if (!view || isDone || view.images.length === 0) return;
      isDone = true;
      const first = view.images.find((each) => each.role === view.painting) ?? view.images[0];
      if (first) this.ask(first.role);
    });
  }

  close(): void {
    this.stop();
    this.asked.clear();
  }

  private ask(role: string): void {
    this.keep(`${role} overview`, this.bench.image(role, "overview"));
    this.keep("labels", arrived(this.bench).then(() => this.bench.labels("whole")));
    this.keep(`${role} detail`, this.bench.image(role, "detail"));
    this.bench.pictured = Promise.allSettled(this.asked.values());
  }

  private keep(key: string, answer: Promise<{ content: Blob }>): void {
    answer.catch(() => undefined); // it is told to who takes it
    this.asked.set(key, answer);
  }

  /** What was asked for ahead, once; afterwards it is fetched anew. */
  private taken(key: string): Promise<{ content: Blob }> | undefined {
    const found = this.asked.get(key);
    this.asked.delete(key);
    return found;
  }

  image(role: string, part: Part): Promise<{ content: Blob }> {
    return this.taken(`${role} ${part}`) ?? this.bench.image(role, part);
  }

  async labels(part: Part): Promise<{ content: Blob }> {
    return (await this.taken("labels")) ?? this.bench.labels(part);
  }
}

/** When all strokes of this tab have arrived on the bench that was just opened; at once where there are none. */
function arrived(bench: Bench): Promise<void> {
  if (isEmpty(bench.unsaved.peek())) return Promise.resolve();
  return new Promise((done) => {
    let hasBegun = false;
    const stop = effect(() => {
      if (bench.isWorking.value) hasBegun = true;
      else if (hasBegun) window.setTimeout(() => (stop(), done()));
    });
  });
}
