/** An answer of the server to one move; it names the move that it is about. */
interface Numbered {
  seq: number;
}

interface Around<Wish, Found extends Numbered> {
  /** Ask the server what this comes to. */
  ask: (seq: number, wish: Wish) => Promise<Found>;
  shown: (found: Found, wish: Wish) => void;
  /** What a wish is about: a newer one of the same takes its place, that of another waits its turn. */
  about: (wish: Wish) => string;
  /** A move was refused or did not arrive, and no newer one is on its way. */
  failed: (thrown: unknown, wish: Wish) => void;
}

/**
 * Moves in the order in which they were made: one on its way at a time, of those of a thing that wait only the newest is ever
 * asked, and an answer never takes the place of a newer one.
 */
export class Moves<Wish, Found extends Numbered> {
  private seq: number;
  private readonly shownSeq = new Map<string, number>();
  private readonly waiting = new Map<string, { seq: number; wish: Wish }>();
  private isAsking = false;
  private forgotten = 0;

  /** Numbers go on from `after`, where the server has seen moves before. */
  constructor(
    private readonly around: Around<Wish, Found>,
    after = 0,
  ) {
    this.seq = after;
  }

  /** Whether what is shown is not yet that of the last move. */
  get isBehind(): boolean {
    return this.isAsking || this.waiting.size > 0;
  }

  move(wish: Wish): void {
    this.waiting.set(this.around.about(wish), { seq: ++this.seq, wish });
    void this.next();
  }

  /** What is on its way is not wanted any more, whatever it says. */
  forget(): void {
    this.waiting.clear();
    this.forgotten = this.seq;
  }

  private async next(): Promise<void> {
    const [about, now] = this.waiting.entries().next().value ?? [];
    if (this.isAsking || about === undefined || now === undefined) return;
    this.isAsking = true;
    this.waiting.delete(about);
    try {
      this.take(about, await this.around.ask(now.seq, now.wish), now.wish);
    } catch (thrown) {
      if (!this.waiting.has(about) && now.seq > this.forgotten) this.around.failed(thrown, now.wish);
    } finally {
      this.isAsking = false;
    }
    await this.next();
  }

  private take(about: string, found: Found, wish: Wish): void {
    if (found.seq <= Math.max(this.forgotten, this.shownSeq.get(about) ?? 0)) return;
    this.shownSeq.set(about, found.seq);
    this.around.shown(found, wish);
  }
}
