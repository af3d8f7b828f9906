import type { Degree } from "@/look/alarm";
import type { Clearance, Margin } from "../nouns";

/** How loudly a margin is drawn: the square where tumour is opened, the diamond where it may be. */
export const degreeOfMargin = ({ mm, low }: Pick<Margin, "mm" | "low">): Degree | null => (mm <= 0 ? "stop" : low <= 0 ? "caution" : null);

/** "aorta: 0.0 mm". */
export const nearWords = ({ structure, words }: Pick<Clearance, "structure" | "words">): string => `${structure}: ${words}`;

/** Structures that blades keep away from, and do not: nearer than allowed, with nothing held between. */
export const tooNear = (clearances: readonly Clearance[]): readonly Clearance[] => clearances.filter((each) => each.is_kept === false && !each.is_shielded);
