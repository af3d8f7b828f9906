import { computed, effect, signal } from "@preact/signals";
import { hear } from "@/api/live";
import { OpenCase } from "@/case/open";
import { me } from "@/shell/session";
import { go, query } from "@/shell/router";
import { keep, kept } from "../decide/kept";
import type { News, OpenMeeting } from "../model/meeting";
import { begun, isSame, next, type Happening, type Place, type Seen } from "./following";
import { firsts, GROUPS, stepped, viewNamed, viewsOf, type View } from "./views";

/** Where somebody presented when they went to record a decision; it ends with the tab. */
let left: { meeting: string; at: Place } | null = null;

/** What one screen shows of a meeting, and how it stands to what the others see. */
export class Showing {
  readonly seen;
  readonly floats = signal<"vote" | "ask" | "keys" | null>(null);
  private readonly cases = new Map<string, OpenCase>();

  /** The case that is on this screen. */
  readonly open = computed<OpenCase>(() => this.caseOf(this.seen.value.at.case_id));
  readonly views = computed<View[]>(() => viewsOf(this.open.value.page.value, this.meeting.decidedOf(this.seen.value.at.case_id).length > 0));
  readonly at = computed(() => {
    const view = viewNamed(this.views.value, this.seen.value.at.view);
    return { view, words: view.of > 1 ? `${GROUPS[view.group]} ${view.nth + 1} of ${view.of}` : GROUPS[view.group] };
  });
  readonly nth = computed(() => this.agenda.findIndex((each) => each.case_id === this.seen.value.at.case_id));

  constructor(readonly meeting: OpenMeeting) {
    const shown = meeting.shown.value;
    const first = { case_id: this.agenda[0]?.case_id ?? "", view: "story" };
    const presents = this.mayPresent && left?.meeting === meeting.id && shown !== null && isSame(left.at, shown);
    left = null;
    this.seen = signal<Seen>(begun(shown, this.asked, first, presents));
  }

  /** What the address names, if it is on the agenda. */
  private get asked(): Place | null {
    const case_id = query.peek().get("case") ?? "";
    return this.agenda.some((each) => each.case_id === case_id) ? { case_id, view: query.peek().get("view") ?? "story" } : null;
  }

  get agenda() {
    return this.meeting.view.value?.agenda ?? [];
  }

  /** Whoever may hold the meeting may show it to the others while it is open. */
  get mayPresent(): boolean {
    return this.meeting.may("hold") && this.meeting.isOpen.value;
  }

  /** Hear what is shown and what becomes of the case on the screen, and fetch the next case before somebody turns to it; the answer ends it. */
  begin(): () => void {
    const known = this.meeting.shown.peek(); // it is where this screen began, and no news
    if (this.seen.peek().stand === "presenting") void this.meeting.show(this.seen.peek().at);
    const stopHearing = effect(() => {
      const shown = this.meeting.shown.value;
      if (shown && shown !== known) this.happens({ what: "told", shown, isMine: shown.isMine });
    });
    const stopFetching = effect(() => {
      const following = this.agenda[this.nth.value + 1];
      if (following && this.open.value.page.value) this.caseOf(following.case_id);
    });
    const stopCase = effect(() => {
      const open = this.open.value;
      return hear(`/cases/${encodeURIComponent(open.id)}/events`, { saved: () => void open.refresh(), job: ({ state }: { state: string }) => state === "done" && void open.refresh() }, () => void open.refresh());
    });
    return () => {
      stopHearing();
      stopFetching();
      stopCase();
    };
  }

  private caseOf(id: string): OpenCase {
    const found = this.cases.get(id);
    if (found) return found;
    const made = new OpenCase(id);
    this.cases.set(id, made);
    void made.open();
    return made;
  }

  private happens(happening: Happening): void {
    const before = this.seen.peek();
    const after = next(before, happening);
    if (JSON.stringify(after) !== JSON.stringify(before)) this.seen.value = after;
  }

  /** Look at another view of the same case. */
  readonly turnView = (by: number): void => this.goTo({ case_id: this.seen.value.at.case_id, view: stepped(this.views.value, this.at.value.view.name, by).name });

  readonly turnGroup = (nth: number): void => {
    const view = firsts(this.views.value)[nth];
    if (view) this.goTo({ case_id: this.seen.value.at.case_id, view: view.name });
  };

  readonly turnCase = (by: number): void => {
    const to = this.agenda[this.nth.value + by];
    if (to) this.goTo({ case_id: to.case_id, view: "story" });
  };

  readonly goTo = (to: Place): void => {
    this.happens({ what: "moved", to });
    if (this.seen.value.stand === "presenting") void this.meeting.show(to);
  };

  readonly present = (): void => {
    if (!this.mayPresent) return;
    this.happens({ what: "took over" });
    void this.meeting.show(this.seen.value.at);
  };

  /** What a line of news is about: what was decided or revealed, or the case. */
  readonly lookAt = ({ nth, kind, case_id }: News): void => {
    this.meeting.putAway(nth);
    this.goTo({ case_id, view: kind === "decided" ? "decision" : this.seen.value.at.case_id === case_id ? this.at.value.view.name : "story" });
    if (kind === "revealed") this.floats.value = "vote";
  };

  readonly caseWords = (id: string): string => {
    const nth = this.agenda.findIndex((each) => each.case_id === id);
    return nth < 0 ? `case ${id}` : `case ${nth + 1} of ${this.agenda.length}`;
  };

  /** To the form of a decision: it is made on what this screen has shown, whatever the case becomes meanwhile. */
  readonly decide = (): void => {
    const { meeting } = this;
    const { id, view, page } = this.open.value;
    if (!meeting.may("decide") || !view.value) return;
    const about = `${meeting.id} ${id}`;
    const draft = kept(me.value?.person ?? "", about);
    const presented = { version: view.value.version, result: page.value?.report.fingerprint ?? "" };
    if (!draft?.form) keep(me.value?.person ?? "", about, { ...presented, form: null, at: new Date().toISOString() });
    const { stand, at } = this.seen.peek();
    left = stand === "presenting" ? { meeting: meeting.id, at } : null;
    go(meeting.decideAt(id));
  };

  readonly comeBack = (): void => this.happens({ what: "returned" });
}
