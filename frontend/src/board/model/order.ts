/** The order of a list under somebody's hands; nothing is lost or doubled by a move. */

/** The list with the thing at `from` set at `to`; a place outside it is its nearest end. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const others = list.filter((_, nth) => nth !== from);
  const taken = list[from];
  if (taken === undefined) return [...list];
  const at = Math.min(Math.max(to, 0), others.length);
  return [...others.slice(0, at), taken, ...others.slice(at)];
}

/** Which line of boxes a pointer at `y` would set a dragged thing at: before the first whose middle lies below it. */
export function placeAt(y: number, boxes: readonly { top: number; height: number }[]): number {
  const before = boxes.findIndex((box) => y < box.top + box.height / 2);
  return before < 0 ? boxes.length : before;
}

/** Where a thing from `from` comes to stand when it is dropped at `place`, which still counts it. */
export const dropped = (from: number, place: number): number => (place > from ? place - 1 : place);
