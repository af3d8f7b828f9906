import type { Seen } from "../viewer/showing";

/** As long as the tab, as all that is kept: where somebody looked last in a case. */
const keyOf = (caseId: string) => `enbloc.seen|${caseId}`;

export const keepSeen = (caseId: string, seen: Seen): void => window.sessionStorage.setItem(keyOf(caseId), JSON.stringify(seen));

export function seenBefore(caseId: string): Seen | null {
  try {
    const found = JSON.parse(window.sessionStorage.getItem(keyOf(caseId)) ?? "") as Seen;
    return [found.mmPerPixel, ...found.at, ...found.centre].every(Number.isFinite) && found.mmPerPixel > 0 ? found : null;
  } catch {
    return null;
  }
}
