/** Where somebody looks: a case of the agenda and one view of it. */
export interface Place {
  case_id: string;
  view: string;
}

/**
 * How one stands to what the board is shown: following it, looking elsewhere on one's own, or showing it to the others.
 * Nothing pulls back whoever looked away; they return by themselves.
 */
export type Stand = "following" | "elsewhere" | "presenting";

export interface Seen {
  stand: Stand;
  /** What is on this screen. */
  at: Place;
  /** What the board is shown; nothing before anybody presents. */
  shown: Place | null;
}

export type Happening =
  | { what: "told"; shown: Place; isMine: boolean }
  | { what: "moved"; to: Place }
  | { what: "returned" }
  | { what: "took over" };

export const isSame = (one: Place, other: Place): boolean => one.case_id === other.case_id && one.view === other.view;

/**
 * Where a screen begins: at what is shown, or where one was asked to. Whoever presented when they left goes on presenting,
 * unless another has presented since.
 */
export function begun(shown: Place | null, asked: Place | null, first: Place, presents: boolean): Seen {
  const at = asked ?? (shown && placeOf(shown)) ?? first;
  const seen: Seen = { stand: "following", at, shown: shown && placeOf(shown) };
  return { ...seen, stand: presents ? "presenting" : leaves(seen, at) };
}

/** What comes of it. Somebody who presents and hears that another does follows from then on. */
export function next(seen: Seen, happening: Happening): Seen {
  switch (happening.what) {
    case "told": return told(seen, placeOf(happening.shown), happening.isMine);
    case "moved": return { ...seen, at: happening.to, stand: seen.stand === "presenting" ? "presenting" : leaves(seen, happening.to) };
    case "returned": return seen.shown ? { ...seen, stand: "following", at: placeOf(seen.shown) } : { ...seen, stand: "following" };
    case "took over": return { ...seen, stand: "presenting" };
  }
}

const placeOf = ({ case_id, view }: Place): Place => ({ case_id, view });

/** Before anybody presents there is nothing to look away from. */
const leaves = (seen: Seen, to: Place): Stand => (seen.shown === null || isSame(seen.shown, to) ? "following" : "elsewhere");

function told(seen: Seen, shown: Place, isMine: boolean): Seen {
  if (seen.stand === "presenting") return isMine ? { ...seen, shown } : { stand: "following", at: shown, shown };
  return seen.stand === "following" ? { ...seen, at: shown, shown } : { ...seen, shown, stand: isSame(shown, seen.at) ? "following" : "elsewhere" };
}
