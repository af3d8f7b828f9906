import type { Margin, Operation, PriceLine, Risk } from "../nouns";
import { angleBetween, beyond, type Plane } from "./plane";

const THIN = "\u202f";

/** "1.5 mm": a margin to the half millimetre, down. */
export const marginWords = ({ mm }: Pick<Margin, "mm">): string => `${toHalf(mm)}${THIN}mm`;

/** "1.0–2.5 mm": outward, so down at both ends for what is least. */
export const spanWords = ({ low, high }: Pick<Margin, "low" | "high">): string => `${toHalf(low)} to ${toHalf(high)}${THIN}mm`;

function toHalf(mm: number): string {
  const down = Math.floor(mm * 2 + 1e-6) / 2;
  return (down < 0 ? "\u2212" : "") + Math.abs(down).toFixed(1);
}

/** "8 to 23 %" of entering tumour; nothing where it is not known. */
export const riskWords = (risk: Risk | undefined): string => risk?.words ?? "–";

export const readiness = ({ is_ready }: Pick<Operation, "is_ready">): string => (is_ready ? "READY" : "NOT READY");

/** "2.0 mm away from the tumour, turned by 3°"; empty for a cut that stands where it stood. */
export function wayOf(before: Plane, now: Plane): string {
  const mm = beyond(before, now.point);
  const degrees = angleBetween(before, now);
  const shift = Math.abs(mm) < 0.05 ? "" : `${Math.abs(mm).toFixed(1)}${THIN}mm ${mm > 0 ? "away from" : "towards"} the tumour`;
  const turn = degrees < 0.1 ? "" : `turned by ${degrees.toFixed(1)}°`;
  return [shift, turn].filter(Boolean).join(", ");
}

/** A thing that is told of a plan, as searched and as it is now. */
export interface Beside {
  label: string;
  before: string;
  now: string;
  isChanged: boolean;
  degree: string;
  notes: readonly string[];
  isUnknown: boolean;
}

/** The lines of two prices beside each other, in the order of the one that stands now; what is no more is told as none. */
export function besides(before: readonly PriceLine[], now: readonly PriceLine[]): readonly Beside[] {
  const lines = now.map((line) => beside(line.label, before.find((each) => each.label === line.label), line));
  const gone = before.filter((line) => !now.some((each) => each.label === line.label));
  return [...lines, ...gone.map((line) => beside(line.label, line, undefined))];
}

const beside = (label: string, before: PriceLine | undefined, now: PriceLine | undefined): Beside => ({
  label,
  before: before?.said ?? "none",
  now: now?.said ?? "none",
  isChanged: (before?.said ?? "none") !== (now?.said ?? "none"),
  degree: now?.degree ?? "",
  notes: now?.notes ?? [],
  isUnknown: now?.is_unknown ?? false,
});
