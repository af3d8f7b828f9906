import { batch, computed, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { ask, get, put } from "@/api/client";
import { asProblem, Problem } from "@/api/problem";
import type { Job } from "@/api/types";
import { me } from "@/shell/session";
import { dayOf } from "./model/clock";
import { applied, together, without, withEdit, type Edit } from "./model/edit";
import { forget, keep, kept, type Draft } from "./model/kept";
import { rebased, type Rebased } from "./model/merge";
import type { Case, CasePage, CaseView, Fact, Saved } from "./nouns";

/** What stands against a save: the newer version, who saved what, and how the edits fare on it. */
export interface Overtaken {
  newer: CaseView;
  since: Saved[];
  found: Rebased;
  /** Kept work that is taken up; one's own changes stand on the newest version already. */
  draft: Draft | null;
}

const IS_OVERTAKEN = 412;
const IS_UNKNOWN = 404;
const IS_OFFLINE = 0; // the frame says so, and the page hears again by itself
const NOT_SAVED = new Problem(IS_OFFLINE, "Not saved: there is no connection.", "Your changes are kept in this tab. Save them once the connection is back.");

/** One open case: what the server says of it, and what the person has changed and not yet saved. */
export class OpenCase {
  readonly view = signal<CaseView | null>(null);
  readonly page = signal<CasePage | null>(null);
  /** The version that the page was computed from. */
  readonly computedFrom = signal(0);
  readonly vocabulary = signal<ReadonlyMap<string, Fact>>(new Map());
  readonly edits = signal<readonly Edit[]>([]);
  readonly job = signal<Job | null>(null);
  readonly fault = signal<Problem | null>(null);
  readonly refusal = signal<Problem | null>(null);
  readonly overtaken = signal<Overtaken | null>(null);
  readonly offered = signal<Draft | null>(null);
  readonly isSaving = signal(false);
  /** Said to who listens: "Saved as version 4". */
  readonly said = signal("");

  /** The document as it would be saved. */
  readonly document = computed<Case | null>(() => this.view.value && applied(this.view.value.document, this.edits.value, hand()));
  readonly isChanged = computed(() => this.edits.value.length > 0);
  readonly isOutOfDate = computed(() => this.page.value !== null && this.view.value !== null && this.computedFrom.value < this.view.value.newest);
  /** An older version was opened on purpose; it can be read and not changed. */
  readonly isOlder = computed(() => this.version !== null && this.isBehind());
  /** Somebody saved a newer version while this one was open. */
  readonly isOvertaken = computed(() => this.version === null && this.isBehind());

  private readonly opening = crypto.randomUUID();

  constructor(
    readonly id: string,
    readonly version: number | null = null,
  ) {}

  private get at(): string {
    return `/cases/${encodeURIComponent(this.id)}`;
  }

  readonly may = (what: string): boolean => (this.view.value?.functions.includes(what) ?? false) && !this.isOlder.value;

  /** The address of a picture or document of the result. */
  readonly file = (kind: "pictures" | "documents", name: string): string =>
    `/api/v1${this.at}/${kind}/${name.split("/").map(encodeURIComponent).join("/")}${kind === "pictures" ? ".svg" : ""}`;

  async open(): Promise<void> {
    try {
      const [view] = await Promise.all([this.readView(), this.readVocabulary(), this.readPage()]);
      batch(() => {
        this.view.value = view;
        this.job.value = shownOf(view.jobs);
        this.fault.value = null;
        this.offer();
      });
    } catch (thrown) {
      this.fault.value = asProblem(thrown);
    }
  }

  private readView = (): Promise<CaseView> => get<CaseView>(this.at + (this.version ? `?version=${this.version}` : ""));

  private async readVocabulary(): Promise<void> {
    if (this.vocabulary.value.size) return;
    const found = await get<Fact[] | { facts: Fact[] }>("/vocabulary");
    this.vocabulary.value = new Map((Array.isArray(found) ? found : found.facts).map((each) => [each.id, each]));
  }

  private async readPage(): Promise<void> {
    try {
      const { body, headers } = await ask<CasePage>("GET", `${this.at}/page`);
      batch(() => {
        this.page.value = body;
        this.computedFrom.value = Number(headers.get("X-Enbloc-Version") ?? 0);
      });
    } catch (thrown) {
      if (asProblem(thrown).status !== IS_UNKNOWN) throw thrown;
      this.page.value = null;
    }
  }

  /** Something was saved by somebody, or a work-up has ended: read again what is shown, and keep the edits. */
  async refresh(): Promise<void> {
    if (this.isSaving.value) return; // its own end reads everything anew
    if (!this.isChanged.value) return this.open();
    try {
      const [view] = await Promise.all([this.readView(), this.readPage()]);
      batch(() => {
        const { newest, jobs, worked_up, board, team, names } = view;
        if (this.view.value) this.view.value = { ...this.view.value, newest, jobs, worked_up, board, team, names: { ...this.view.value.names, ...names } };
        this.job.value = shownOf(view.jobs);
      });
    } catch (thrown) {
      if (asProblem(thrown).status !== IS_OFFLINE) this.refusal.value = asProblem(thrown);
    }
  }

  readonly edit = (edit: Edit): void => {
    const view = this.view.value;
    if (view) this.put(withEdit(this.edits.value, edit, view.document));
  };

  readonly undo = (slot: string): void => this.put(without(this.edits.value, slot));

  discard(): void {
    this.put([]);
    this.refusal.value = null;
    if (this.isOvertaken.value) void this.open();
  }

  private isBehind = (): boolean => (this.view.value?.version ?? 0) < (this.view.value?.newest ?? 0);

  /** Bring one's changes to the newest version before saving. */
  async catchUp(): Promise<void> {
    const made = this.view.value;
    if (made) await this.asked(async () => this.weigh(await this.readView(), made.document, this.edits.value));
  }

  private put(edits: readonly Edit[]): void {
    this.edits.value = edits;
    const view = this.view.value;
    if (view) keep(person(), this.id, { version: view.version, document: view.document, edits: [...edits], at: new Date().toISOString(), opening: this.opening });
  }

  /** Offer what an earlier opening left behind; an older version, which cannot be changed, takes up nothing. */
  private offer(): void {
    this.offered.value = this.version === null ? kept(person(), this.id, this.opening) : null;
  }

  /** Take up the work that was kept: as it is on its own version, slot by slot on a newer one. What was changed since stays. */
  resume(): void {
    const [draft, view] = [this.offered.value, this.view.value];
    if (!draft || !view) return;
    if (draft.version !== view.version) return this.weigh(view, draft.document, draft.edits, [], draft);
    this.put(together(draft.edits, this.edits.value, view.document));
    this.decline();
  }

  /** Forget the work that was kept. */
  decline(): void {
    if (this.offered.value) forget(person(), this.id, this.offered.value.opening);
    this.offer();
  }

  /** Set the day of the board, or the team: no part of the document, so it stands at once and is no version. */
  async arrange(what: "board" | "team", wish: { day: string | null } | { people: readonly string[] }): Promise<void> {
    await put(`${this.at}/${what}`, wish);
    await this.refresh();
  }

  async save(because: string): Promise<void> {
    const [view, document] = [this.view.value, this.document.value];
    if (!view || !document || this.isSaving.value) return;
    this.isSaving.value = true;
    this.refusal.value = null;
    try {
      const body = { document, because, work_up: view.functions.includes("work_up") };
      const { body: done } = await ask<{ version: number }>("PUT", this.at, { body, madeFrom: `"${view.version}"` });
      this.put([]);
      this.said.value = `Saved as version ${done.version}.`;
      await this.open();
    } catch (thrown) {
      await this.refused(asProblem(thrown), view);
    } finally {
      this.isSaving.value = false;
    }
  }

  private async refused(problem: Problem, made: CaseView): Promise<void> {
    if (problem.status !== IS_OVERTAKEN) {
      this.refusal.value = problem.status === IS_OFFLINE ? NOT_SAVED : problem;
      return;
    }
    const newer = await this.readView();
    const names = { ...newer.names, ...(problem.members["names"] as CaseView["names"] | undefined) };
    this.weigh({ ...newer, names }, made.document, this.edits.value, (problem.members["since"] as Saved[] | undefined) ?? []);
  }

  /** Edits made on an older document against the newer version: without a quarrel they go over by themselves. */
  private weigh(newer: CaseView, from: Case, edits: readonly Edit[], since: Saved[] = [], draft: Draft | null = null): void {
    this.overtaken.value = { newer, since, draft, found: rebased(edits, from, newer.document) };
  }

  /** Go on upon the newer version with these edits; nothing is saved yet. */
  settle(edits: readonly Edit[]): void {
    const settled = this.overtaken.value;
    if (!settled) return;
    const { newer, draft } = settled;
    batch(() => {
      this.view.value = newer;
      this.overtaken.value = null;
      this.put(draft ? together(edits, this.edits.value, newer.document) : edits);
      if (draft) this.decline();
      this.said.value = `Your changes stand on version ${newer.version} now. Save them when they are right.`;
    });
    void this.readPage();
  }

  async workUp(): Promise<void> {
    await this.asked(() => ask<{ job: Job }>("POST", `${this.at}/workups`, { body: {} }).then(({ body }) => (this.job.value = body.job ?? this.job.value)));
  }

  async cancel(): Promise<void> {
    const job = this.job.value;
    if (job) await this.asked(() => ask("DELETE", `/jobs/${job.job_id}`, { body: {} }));
  }

  private async asked(what: () => Promise<unknown>): Promise<void> {
    this.refusal.value = null;
    try {
      await what();
    } catch (thrown) {
      this.refusal.value = asProblem(thrown);
    }
  }
}

/** The job that is under way, or the last one. */
const shownOf = (jobs: readonly Job[]): Job | null => jobs.find((each) => each.state === "running" || each.state === "waiting") ?? jobs[0] ?? null;

const person = (): string => me.value?.person ?? "";
const hand = () => ({ name: me.value?.name ?? "", day: dayOf(new Date()) });

export const Opened = createContext<OpenCase>(new OpenCase(""));
export const useCase = (): OpenCase => useContext(Opened);
