import { batch, computed, signal } from "@preact/signals";
import { isOnline, queryOf } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";
import { me } from "@/shell/session";
import { changedBy, firstSaid } from "./measures/changed";
import type { BenchSaved, BenchView, Drawn, GrowWish, Held, Measure, Measures, Meshes, Moved, MoveWish, MovedCut, Operations, Painted, RelabelWish, SaveBench, Structure } from "./nouns";
import { isChanged, isEmpty, nothing, runsOf, together, withCut, withoutCut, withStroke, type Runs, type Stroke, type Unsaved } from "./save/journal";
import { forget, keep, kept } from "./save/kept";
import { fetched, type Sent } from "./wire";

export type Part = "overview" | "detail" | "whole";

/** A gzipped NIfTI, where its first voxel lies in the whole grid, and every how manieth of its voxels it holds. */
export interface Volume {
  content: Blob;
  offset: readonly number[];
  step: readonly number[];
}

/** Who shows the labels: draws runs that came from elsewhere, hands them to `Bench.paint` at once, and can undo them by these words. */
export interface Painter {
  take(words: string, runs: Runs): void;
}

const IS_OFFLINE = 0;
const NO_BENCH = "There is no such bench."; // the server was started anew
const NO_MORE = 204;
const BEAT_MS = 300_000; // a bench ends after half an hour in which nobody worked at it
const AGAIN_MS = 2_000;

/**
 * One case opened on the server, and what this person has done to it since.
 *
 * What is painted goes into a journal first and to the server then. Strokes may arrive twice, for they come to the same: a
 * bench that is lost is opened again, and everything that is not saved is sent to it once more.
 */
export class Bench {
  readonly view = signal<BenchView | null>(null);
  readonly fault = signal<Problem | null>(null);
  readonly refusal = signal<Problem | null>(null);
  readonly measures = signal<readonly Measure[]>([]);
  readonly structures = signal<readonly Structure[]>([]);
  readonly seq = signal(0);
  readonly unsaved = signal<Unsaved>(nothing(0));
  /** Unsaved work of this tab, made on another version than the one that is open now. */
  readonly offered = signal<Unsaved | null>(null);
  readonly isReopening = signal(false);
  /** Strokes are on their way, or the server measures anew. */
  readonly isWorking = signal(false);
  /** The structure that is painted with; 0 until one is chosen. */
  readonly brush = signal(0);
  /** Whether the browser has room for what is unsaved. */
  readonly isKept = signal(true);
  /** Counts how often the labels became others than those shown and painted: fetch them anew. */
  readonly labelsAnew = signal(0);
  /** Said to who listens. */
  readonly said = signal("");
  readonly isChanged = computed(() => isChanged(this.unsaved.value));

  /** Set by who fetches the first pictures: a bench does one thing after the other, and measures can wait for them. */
  pictured: Promise<unknown> = Promise.resolve();
  /** Set by who shows the labels, as soon as they are there. */
  painter: Painter | null = null;
  /** Called when the bench was opened again, after the labels are as they were. */
  readonly reopened = new Set<() => void>();
  private isDiscarding = false;
  private arrived = 0;
  /** So many strokes are of the time before this bench was opened. */
  private replayed = 0;
  /** The other names that the next stroke gives. */
  private named: RelabelWish | null = null;
  private flushing: Promise<void> | null = null;
  private opening: Promise<void> | null = null;
  private timers: number[] = [];

  constructor(readonly caseId: string) {}

  get home(): string {
    return `/cases/${encodeURIComponent(this.caseId)}/bench`;
  }

  /** Open the case; afterwards the server's labels are those of this tab, with all that is not saved. */
  async open(): Promise<void> {
    try {
      await this.opened();
      if (!isEmpty(this.unsaved.value)) await this.measured(); // what they said before is kept with the first stroke
      else void this.pictured.then(() => this.measured());
      await this.flush();
      this.timers.push(window.setInterval(() => void this.beat(), BEAT_MS));
    } catch (thrown) {
      this.fault.value = asProblem(thrown);
    }
  }

  /** Let go of the page; the bench ends by itself when nobody comes back to it. */
  close(): void {
    for (const each of this.timers) window.clearTimeout(each);
    this.timers = [];
  }

  private async opened(): Promise<void> {
    const mine = isEmpty(this.unsaved.value) ? kept(person(), this.caseId) : this.unsaved.value;
    const before = this.isDiscarding ? null : mine;
    const view = await this.posted();
    const isSame = before === null || before.version === view.version;
    batch(() => {
      this.look(view);
      this.fault.value = null;
      this.offered.value = isSame ? null : before;
      this.unsaved.value = isSame && before ? before : nothing(view.version, view.cuts);
    });
    [this.arrived, this.replayed] = [0, this.unsaved.value.strokes.length];
  }

  private readonly posted = async (): Promise<BenchView> => (await (await fetched("POST", this.home, { json: {} })).json()) as BenchView;

  private async measured(): Promise<void> {
    try {
      this.measures.value = (await this.json<Measures>("GET", "/measures")).items;
    } catch (thrown) {
      this.refusal.value = asProblem(thrown);
    }
  }

  private look(view: BenchView): void {
    this.view.value = view;
    this.structures.value = view.structures;
    this.seq.value = view.seq;
  }

  private async beat(): Promise<void> {
    if (document.visibilityState === "visible") await this.asked("GET", "").catch(() => undefined);
  }

  // --- asking -----------------------------------------------------------------------------------------------------------
  /** Ask the bench; one that is gone is opened again first, and asked once more. */
  async asked(method: "GET" | "POST", rest: string, sent: Sent = {}): Promise<Response> {
    const bench = this.view.value?.bench ?? "";
    try {
      return await fetched(method, `${this.home}/${bench}${rest}`, sent);
    } catch (thrown) {
      if (!isGone(asProblem(thrown)) || !(await this.isAnother(bench))) throw thrown;
      return fetched(method, `${this.home}/${this.view.value?.bench}${rest}`, sent);
    }
  }

  async json<T>(method: "GET" | "POST", rest: string, sent: Sent = {}): Promise<T> {
    return (await (await this.asked(method, rest, sent)).json()) as T;
  }

  /** Open the bench again; false where it is still the same, so that something else is not there. */
  private async isAnother(lost: string): Promise<boolean> {
    if (this.view.value?.bench !== lost) return true;
    this.isReopening.value = true;
    this.opening ??= this.again().finally(() => (this.opening = null));
    await this.opening.finally(() => (this.isReopening.value = false)); // whoever else opens it, as after a discard
    return this.view.value?.bench !== lost;
  }

  private async again(): Promise<void> {
    const before = this.view.value;
    await this.opened();
    const view = this.view.value;
    if (view?.bench === before?.bench) return;
    await this.resend();
    if (view?.version !== before?.version) this.labelsAnew.value += 1;
    this.said.value = "The bench was opened again; nothing is lost.";
    for (const each of this.reopened) each();
  }

  // --- labels -----------------------------------------------------------------------------------------------------------
  async image(role: string, part: Part): Promise<Volume> {
    return volume(await this.asked("GET", `/images/${encodeURIComponent(role)}?part=${part}`));
  }

  async labels(part: Part): Promise<Volume> {
    return volume(await this.asked("GET", `/labels?part=${part}`));
  }

  /** A stroke was painted, and is shown already; undo is a stroke too. */
  async paint(words: string, runs: Runs): Promise<void> {
    this.put(withStroke(this.unsaved.value, this.named ? { words, runs, wish: this.named } : { words, runs }));
    this.named = null;
    await this.flush();
  }

  /** Runs that nobody shows yet. */
  async edit(words: string, runs: Runs): Promise<void> {
    if (runs.length === 0) this.said.value = `${words}: nothing to change.`;
    else if (this.painter) this.painter.take(words, runs);
    else await this.paint(words, runs);
  }

  readonly grown = async (wish: GrowWish): Promise<Runs> => runsOf(await (await this.asked("POST", "/grow", { json: wish })).arrayBuffer());

  /** Give whole vertebrae other names; the server says which voxels that are. */
  async relabel(words: string, wish: RelabelWish): Promise<void> {
    await this.flush();
    const answer = await this.asked("POST", "/relabel", { json: wish });
    if (answer.headers.get("X-Enbloc-Structures") === "changed") this.structures.value = (await this.json<BenchView>("GET", "")).structures;
    this.named = wish;
    await this.edit(words, runsOf(await answer.arrayBuffer())).finally(() => (this.named = null));
  }

  /** Send what has not arrived, one request at a time; without a connection it is tried again by itself. */
  private flush(): Promise<void> {
    this.flushing ??= this.flushed().finally(() => (this.flushing = null));
    return this.flushing;
  }

  private async flushed(): Promise<void> {
    this.isWorking.value = true;
    try {
      await this.resend();
      this.refusal.value = null;
    } catch (thrown) {
      this.lost(asProblem(thrown));
    } finally {
      this.isWorking.value = false;
    }
  }

  /** Everything that has not arrived, in its order. Names are asked for again first: they may need values that a new bench has not. */
  private async resend(): Promise<void> {
    while (this.arrived < this.unsaved.value.strokes.length) {
      const left = this.unsaved.value.strokes.slice(this.arrived);
      const [first] = left;
      if (first?.wish && this.arrived < this.replayed) await this.asked("POST", "/relabel", { json: first.wish });
      const next = left.findIndex((each, nth) => nth > 0 && each.wish);
      await this.send(left.slice(0, next < 0 ? left.length : next));
    }
  }

  private async send(strokes: readonly Stroke[]): Promise<void> {
    const upTo = this.arrived + strokes.length;
    const painted = await this.json<Painted>("POST", "/paint", { runs: together(strokes) });
    this.arrived = Math.max(this.arrived, upTo);
    this.take(painted);
  }

  private lost(problem: Problem): void {
    if (problem.status === IS_OFFLINE) {
      this.timers.push(window.setTimeout(() => void this.flush(), AGAIN_MS));
      return;
    }
    const refused = this.unsaved.value.strokes.slice(this.arrived);
    this.put({ ...this.unsaved.value, strokes: this.unsaved.value.strokes.slice(0, this.arrived) });
    this.refusal.value = problem;
    this.said.value = `Not taken: ${refused.map((each) => each.words).join(", ")}.`;
    this.labelsAnew.value += 1;
  }

  private take(painted: Painted): void {
    batch(() => {
      this.put({ ...this.unsaved.value, before: firstSaid(this.unsaved.value.before, this.measures.value, painted) });
      this.measures.value = changedBy(this.measures.value, painted);
      this.structures.value = withThese(this.structures.value, painted.structures);
      this.seq.value = painted.seq;
    });
  }

  private put(unsaved: Unsaved): void {
    this.unsaved.value = unsaved;
    this.isKept.value = keep(person(), this.caseId, unsaved);
  }

  // --- cuts -------------------------------------------------------------------------------------------------------------
  readonly operations = async (): Promise<Operations> => {
    await this.pictured;
    return this.json<Operations>("GET", "/operations");
  };
  readonly hold = (operation: string, cut: string): Promise<Held> => this.json<Held>("POST", `/operations/${encodeURIComponent(operation)}/hold`, { json: { cut } });
  readonly move = (operation: string, wish: MoveWish): Promise<Moved> => this.json<Moved>("POST", `/operations/${encodeURIComponent(operation)}/move`, { json: wish });
  readonly drawn = (axis: string, mm: number): Promise<Drawn> => this.json<Drawn>("GET", `/drawn?axis=${axis}&mm=${mm}`);
  readonly meshes = (operation = ""): Promise<Meshes> => this.json<Meshes>("GET", `/meshes${queryOf({ operation })}`);
  /** A surface of the list of edit `seq`; nothing where the labels were edited since and there is none of this name any more. A bench opened anew has another list. */
  readonly mesh = async (name: string, operation: string, seq: number): Promise<ArrayBuffer | null> => {
    const answer = await fetched("GET", `${this.home}/${this.view.value?.bench}/meshes/${encodeURIComponent(name)}${queryOf({ operation, seq })}`);
    return answer.status === NO_MORE ? null : answer.arrayBuffer();
  };

  readonly leftAt = (cut: MovedCut): void => this.put(withCut(this.unsaved.value, cut));
  readonly putBack = (operation: string, cut: string): void => this.put(withoutCut(this.unsaved.value, { operation, cut }));

  // --- saving -----------------------------------------------------------------------------------------------------------
  /** Save as a version; raises `Problem`, 412 where somebody else saved meanwhile. */
  async save(because: string, confirm: SaveBench["confirm"]): Promise<number> {
    await this.flush();
    const { strokes, cuts, version } = this.unsaved.value;
    const wish: SaveBench = { because, made_from: version, seq: this.seq.value, labels: strokes.length > 0, cuts: [...cuts], confirm };
    const saved = await this.json<BenchSaved>("POST", "/save", { json: wish });
    batch(() => {
      forget(person(), this.caseId);
      this.look(saved.bench);
      this.unsaved.value = nothing(saved.version, saved.bench.cuts);
      this.said.value = `Saved as version ${saved.version}.`;
    });
    this.arrived = 0;
    return saved.version;
  }

  /** Take nothing of it along, and open the newest version. */
  async discard(): Promise<void> {
    forget(person(), this.caseId);
    this.isDiscarding = true;
    await this.fromAnew().finally(() => (this.isDiscarding = false));
  }

  /** Open the newest version; what is unsaved goes over to it, or is offered. */
  async fromAnew(): Promise<void> {
    this.opening = this.replaced().finally(() => (this.opening = null)); // whoever meets the end of the old one waits for this
    await this.opening;
    await this.measured();
    this.labelsAnew.value += 1;
    for (const each of this.reopened) each();
  }

  private async replaced(): Promise<void> {
    await fetched("DELETE", `${this.home}/${this.view.value?.bench}`).catch(() => undefined);
    await this.opened();
  }

  /** Put the work that was kept onto the version that is open, whatever that changed. */
  async takeUp(): Promise<void> {
    const [offered, view] = [this.offered.value, this.view.value];
    this.offered.value = null;
    if (!offered || !view) return;
    this.put({ ...offered, version: view.version, saved: view.cuts, before: {} });
    [this.arrived, this.replayed] = [0, offered.strokes.length];
    await this.flush();
    this.labelsAnew.value += 1;
    for (const each of this.reopened) each();
  }

  decline(): void {
    forget(person(), this.caseId);
    this.offered.value = null;
  }
}

/** Whether the bench has ended, not only what was asked of it is not there. */
const isGone = ({ status, title }: Problem): boolean => status === 410 || (status === 404 && title === NO_BENCH);

const person = (): string => me.value?.person ?? "";

async function volume(answer: Response): Promise<Volume> {
  const numbers = (name: string, otherwise: string) => (answer.headers.get(name) ?? otherwise).split(",").map(Number);
  return { content: await answer.blob(), offset: numbers("X-Enbloc-Offset", "0,0,0"), step: numbers("X-Enbloc-Step", "1,1,1") };
}

/** The structures with these in the place of those of the same value, or behind them. */
function withThese(before: readonly Structure[], these: readonly Structure[]): readonly Structure[] {
  const found = before.map((each) => these.find((one) => one.value === each.value) ?? each);
  return [...found, ...these.filter((each) => !before.some((one) => one.value === each.value))];
}

/** Whether strokes wait for the connection. */
export const waitsForConnection = (bench: Bench): boolean => bench.isChanged.value && !isOnline.value;
