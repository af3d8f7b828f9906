import { computed, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { get, post } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";
import { wrongReason } from "@/case/model/typed";
import type { CasePage, Saved } from "@/case/nouns";
import { OpenCase } from "@/case/open";
import { me } from "@/shell/session";
import type { Attendance, Colleague, DecisionMade, Decisions, DecisionView, MeetingView } from "../nouns";
import { EMPTY, missingIn, stopsFor, wrongIn, type Form } from "./form";
import { forget, keep, kept, type Presented } from "./kept";
import { prefilled } from "./prefill";
import { wishOf } from "./wish";

/** What the case has become since it was presented: to be confirmed, or left. */
export interface Changed {
  newest: number;
  result: string;
  said: string;
  since: Saved[];
}

const IS_CHANGED = 412;
const IS_OFFLINE = 0;

/** A decision that is being written on one case: in a meeting, or by a quorum on the phone. */
export class Deciding {
  readonly form = signal<Form>(EMPTY);
  readonly presented = signal<Presented | null>(null);
  /** When the kept form was written last; empty for a fresh one. */
  readonly takenUp = signal("");
  readonly decisions = signal<Decisions | null>(null);
  readonly meeting = signal<MeetingView | null>(null);
  readonly colleagues = signal<readonly Colleague[]>([]);
  readonly fault = signal<Problem | null>(null);
  readonly refusal = signal<Problem | null>(null);
  readonly changed = signal<Changed | null>(null);
  readonly isBusy = signal(false);
  /** Whether what is wrong is shown: not before somebody tried to record. */
  readonly hasTried = signal(false);

  readonly way = computed(() => (this.meetingId ? ("meeting" as const) : ("quorum by phone" as const)));
  readonly said = computed(() => prefilled(this.page, this.form.value.lesion));
  readonly wrong = computed(() => (this.hasTried.value ? wrongIn(this.form.value, this.way.value, wrongReason) : new Map<string, string>()));
  readonly missing = computed(() => missingIn(this.form.value));
  readonly stops = computed(() => stopsFor(this.page, this.form.value.lesion, this.form.value.chosen));
  /** The decision on this lesion that stands, which this one would replace. */
  readonly standing = computed<DecisionView | null>(() => this.decisions.value?.items.find((each) => each.decision.lesion === this.form.value.lesion && each.state !== "superseded") ?? null);
  readonly attending = computed(() => (this.meetingId ? (this.meeting.value?.attendance ?? []) : this.form.value.attendance));

  constructor(
    readonly open: OpenCase,
    readonly meetingId: string,
  ) {}

  get page(): CasePage | null {
    return this.open.page.value;
  }

  private get about(): string {
    return `${this.meetingId} ${this.open.id}`;
  }

  private get at(): string {
    return `/cases/${encodeURIComponent(this.open.id)}/decisions`;
  }

  /** Read all that the form needs, and take up what was kept. */
  async begin(): Promise<void> {
    try {
      await this.open.open();
      if (this.open.fault.value) throw this.open.fault.value;
      const meeting = this.meetingId ? get<MeetingView>(`/meetings/${encodeURIComponent(this.meetingId)}`) : null;
      const [decisions, colleagues, held] = await Promise.all([get<Decisions>(this.at), get<{ items: Colleague[] }>("/colleagues"), meeting]);
      this.decisions.value = decisions;
      this.colleagues.value = colleagues.items;
      this.meeting.value = held;
      if (!this.presented.value) this.takeUp();
      this.fault.value = null;
    } catch (thrown) {
      this.fault.value = asProblem(thrown);
    }
  }

  private takeUp(): void {
    const before = kept(person(), this.about);
    this.presented.value = before ? { version: before.version, result: before.result } : this.now();
    this.takenUp.value = before?.form ? before.at : "";
    this.form.value = before?.form ?? this.fresh();
  }

  private now = (): Presented => ({ version: this.open.view.value?.version ?? 0, result: this.page?.report.fingerprint ?? "" });

  private fresh(lesion = this.lesions[0] ?? ""): Form {
    const mine: Attendance = { name: me.value?.name ?? "", person: person(), specialty: "spine surgeon", how: "by phone" };
    return { ...EMPTY, lesion, ...prefilled(this.page, lesion), attendance: this.meetingId ? [] : [mine] };
  }

  /** The lesions that are decided on: those that the agenda names, else all of the case. */
  get lesions(): readonly string[] {
    const named = this.meeting.value?.agenda.find((each) => each.case_id === this.open.id)?.lesions ?? [];
    return named.length ? named : (this.open.view.value?.document.lesions.map((each) => each.id) ?? []);
  }

  readonly put = (change: Partial<Form>): void => {
    this.form.value = { ...this.form.value, ...change };
    const shown = this.presented.value;
    if (shown) keep(person(), this.about, { ...shown, form: this.form.value, at: new Date().toISOString() });
  };

  /** Another lesion is another decision: what the result says of it is set in anew. */
  readonly turnTo = (lesion: string): void => this.put(this.fresh(lesion));

  readonly startAnew = (): void => {
    forget(person(), this.about);
    this.takenUp.value = "";
    this.presented.value = this.now();
    this.form.value = this.fresh();
    this.hasTried.value = false;
  };

  /** Record it; the answer is the decision, or nothing where something is wrong or must be confirmed first. */
  async record(confirmed: Changed | null = null): Promise<DecisionMade | null> {
    this.hasTried.value = true;
    this.refusal.value = null;
    const shown = this.presented.value;
    if (this.isBusy.value || !shown || this.wrong.value.size) return null;
    this.isBusy.value = true;
    try {
      const around = { way: this.way.value, meetingId: this.meetingId, presented: shown, confirmed, supersedes: this.standing.value?.decision.id ?? "", stops: this.stops.value };
      const made = await post<DecisionMade>(this.at, wishOf(this.form.value, around));
      forget(person(), this.about);
      return made;
    } catch (thrown) {
      await this.refused(asProblem(thrown));
      return null;
    } finally {
      this.isBusy.value = false;
    }
  }

  private async refused(problem: Problem): Promise<void> {
    if (problem.status !== IS_CHANGED) {
      this.refusal.value = problem;
      this.changed.value = null;
      if (problem.status !== IS_OFFLINE) this.decisions.value = await get<Decisions>(this.at).catch(() => this.decisions.value);
      return;
    }
    const { newest, newest_result: result, since } = problem.members as { newest: number; newest_result: string; since?: Saved[] };
    this.changed.value = { newest, result, said: typeof problem.members["detail"] === "string" ? problem.members["detail"] : problem.title, since: since ?? [] };
    await this.open.open(); // what stands beside the form is the case as it is now
  }
}

const person = (): string => me.value?.person ?? "";

export const InDecision = createContext<Deciding>(new Deciding(new OpenCase(""), ""));
export const useDeciding = (): Deciding => useContext(InDecision);
