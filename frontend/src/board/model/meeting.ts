import { batch, computed, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext, useEffect, useMemo } from "preact/hooks";
import { get, post, put } from "@/api/client";
import { hear } from "@/api/live";
import { asProblem, type Problem } from "@/api/problem";
import type { Function } from "@/api/types";
import { may, me } from "@/shell/session";
import type { Colleague, DecisionView, Decisions, MeetingView, OnAgenda, Shown, ToShow, Turn } from "../nouns";

/** Something that happened in the meeting, for everybody to notice; it stays until it is put away. */
export interface News {
  nth: number;
  kind: "asked" | "decided" | "revealed" | "opened" | "closed";
  case_id: string;
  by: string;
  text: string;
}

export const REFUSED = [403, 404];
const MOST_NEWS = 3;

/** One meeting as it is on this screen, kept up with what happens in it. */
export class OpenMeeting {
  readonly view = signal<MeetingView | null>(null);
  /** What the board is shown: the latest turn that this screen knows of, and whether it was made here. */
  readonly shown = signal<(Shown & { isMine: boolean }) | null>(null);
  readonly decisions = signal<ReadonlyMap<string, readonly DecisionView[]>>(new Map());
  readonly colleagues = signal<readonly Colleague[]>([]);
  /** Goes up when somebody votes or votes are revealed: who shows them asks again. */
  readonly voted = signal(0);
  readonly news = signal<readonly News[]>([]);
  readonly fault = signal<Problem | null>(null);
  readonly refusal = signal<Problem | null>(null);
  private count = 0;
  private changing: Promise<boolean> = Promise.resolve(true);
  private turning: Promise<boolean> = Promise.resolve(true);
  private next: ToShow | null = null;

  constructor(readonly id: string) {}

  private get at(): string {
    return `/meetings/${encodeURIComponent(this.id)}`;
  }

  get pageAt(): string {
    return `/board/${encodeURIComponent(this.id)}`;
  }

  get showAt(): string {
    return `${this.pageAt}/show`;
  }

  readonly decideAt = (caseId: string): string => `${this.pageAt}/decide/${encodeURIComponent(caseId)}`;
  readonly file = (name: string): string => `/api/v1${this.at}/${name}`;
  /** What a person may do is the server's word; nothing is changed in a meeting that is closed. */
  readonly may = (what: Function): boolean => (this.view.value?.functions ?? []).includes(what);
  readonly isOpen = computed(() => this.view.value?.state === "open");
  readonly decidedOf = (caseId: string): readonly DecisionView[] => this.decisions.value.get(caseId) ?? [];
  readonly nameOf = (person: string): string => this.colleagues.value.find((each) => each.person === person)?.name ?? person;

  async open(): Promise<void> {
    try {
      const view = await get<MeetingView>(this.at);
      await this.turning; // what it shows may be one's own turn
      batch(() => {
        this.view.value = view;
        this.fault.value = null;
        if (view.shown) this.turned(view.shown);
      });
      await Promise.all([this.readDecisions(view), this.readColleagues()]);
    } catch (thrown) {
      this.fault.value = asProblem(thrown);
    }
  }

  private async readDecisions({ agenda }: MeetingView): Promise<void> {
    const found = agenda.map(async ({ case_id }) => [case_id, (await get<Decisions>(`/cases/${encodeURIComponent(case_id)}/decisions`)).items.toReversed()] as const);
    this.decisions.value = new Map(await Promise.all(found));
  }

  private async readColleagues(): Promise<void> {
    if (this.colleagues.value.length === 0 && may("arrange")) this.colleagues.value = (await get<{ items: Colleague[] }>("/colleagues")).items;
  }

  /** Hear what happens, and read anew what may have been missed; the answer ends it. */
  begin(): () => void {
    const again = () => void this.open();
    const told = (kind: News["kind"]) => (what: Told) => {
      this.tell(kind, what);
      if (kind === "revealed") this.voted.value += 1;
      if (kind !== "asked") again();
    };
    const end = hear(
      `${this.at}/events`,
      {
        shown: (place: Shown) => void this.turning.then(() => this.turned(place)), // one's own turn is known by its answer
        voted: () => (this.voted.value += 1),
        asked: told("asked"), decided: told("decided"), revealed: told("revealed"), opened: told("opened"), closed: told("closed"),
        agenda: again, changed: again, lost: again,
      },
      again,
    );
    void this.open().then(() => REFUSED.includes(this.fault.value?.status ?? 0) && end()); // what is not open tells nothing
    return end;
  }

  /** What is shown now, unless a later turn is known already. */
  private turned(place: Shown, isMine = false): void {
    if (place.turn > (this.shown.peek()?.turn ?? 0)) this.shown.value = { ...place, isMine };
  }

  private tell(kind: News["kind"], told: Told): void {
    const one: News = { nth: (this.count += 1), kind, case_id: told.case_id ?? "", by: told.by ?? "", text: told.text ?? "" };
    this.news.value = [...this.news.peek(), one].slice(-MOST_NEWS);
  }

  readonly putAway = (nth: number): void => void (this.news.value = this.news.peek().filter((each) => each.nth !== nth));

  /** Change what is said of the meeting: day, place, who attends. */
  readonly change = (change: Partial<MeetingView>): Promise<boolean> =>
    this.asked(async () => {
      const { day, title, starts, place, chair, attendance } = { ...this.view.value, ...change };
      await put(this.at, { day, title, starts, place, chair, attendance }, this.made);
    });

  readonly order = (agenda: readonly OnAgenda[]): Promise<boolean> =>
    this.asked(async () => {
      const items = agenda.map(({ case_id, lesions, question }) => ({ case: case_id, lesions, question }));
      await put(`${this.at}/agenda`, { items }, this.made);
    });

  private get made() {
    return { madeFrom: `"${this.view.value?.version}"` };
  }

  readonly start = (): Promise<boolean> => this.asked(async () => void (await post(`${this.at}/open`)));
  readonly finish = (): Promise<boolean> => this.asked(async () => void (await post(`${this.at}/close`)));
  readonly askAll = (caseId: string, text: string): Promise<boolean> => this.asked(async () => void (await post(`${this.at}/asked`, { case_id: caseId, text })));

  readonly ratify = ({ case: caseId, id }: { case: string; id: string }): Promise<boolean> =>
    this.asked(async () => void (await post(`/cases/${encodeURIComponent(caseId)}/decisions/${encodeURIComponent(id)}/ratify`, { meeting_id: this.id })));

  /** Show this to everybody. One turn is made after another; of those that wait meanwhile, the last is made. */
  readonly show = (place: ToShow): Promise<boolean> => {
    this.next = place;
    this.turning = this.turning.then(() => {
      const to = this.next;
      this.next = null;
      return to === null || this.done(() => this.turnTo(to), false);
    });
    return this.turning;
  };

  private async turnTo(to: ToShow): Promise<void> {
    const { turn } = await put<Turn>(`${this.at}/shown`, to);
    this.turned({ ...to, by: me.value?.person ?? "", turn }, true);
  }

  /** One change after another: each is made from the version that the one before it left. */
  private asked(act: () => Promise<void>): Promise<boolean> {
    this.changing = this.changing.then(() => this.done(act, true));
    return this.changing;
  }

  private async done(act: () => Promise<void>, isRead: boolean): Promise<boolean> {
    try {
      await act();
      this.refusal.value = null;
      if (isRead) await this.open();
      return true;
    } catch (thrown) {
      this.refusal.value = asProblem(thrown);
      if (isRead && this.refusal.value.status) await this.open();
      return false;
    }
  }
}

interface Told {
  case_id?: string;
  by?: string;
  text?: string;
}

export const InMeeting = createContext<OpenMeeting>(new OpenMeeting(""));
export const useMeeting = (): OpenMeeting => useContext(InMeeting);

/** The meeting of this id, heard as long as the page is open. */
export function useMeetingOf(id: string): OpenMeeting {
  const meeting = useMemo(() => new OpenMeeting(id), [id]);
  useEffect(() => meeting.begin(), [meeting]);
  return meeting;
}
