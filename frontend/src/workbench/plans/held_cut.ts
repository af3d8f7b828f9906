import type { ReadonlySignal } from "@preact/signals";
import type { Degree } from "@/look/alarm";
import type { Place, Plane } from "./plane";

/** A cut of the operation that is looked at, as pictures draw it. */
export interface DrawnCut {
  /** "cranial cut" */
  name: string;
  /** The middle of its blade, patient LPS, its normal away from the tumour. */
  plane: Plane;
  kerfMm: number;
  /** The borders of its run, which lies on their positive side. */
  within: readonly Plane[];
  /** "1.5 mm" from the tumour, rounded down; "…" until there is an answer. */
  margin: string;
  /** How loudly it is drawn: by its margin, and by what it comes too near to. */
  degree: Degree | null;
  /** How loudly its margin is told. */
  marginDegree: Degree | null;
  /** What it comes too near to, in words ("0.0 mm to the cord"); empty where nothing, or not looked at. */
  tooNear: string;
  isHeld: boolean;
  /** The margin is that of a place where it just was. */
  isBehind: boolean;
  /** Where it stood before it was moved, to be drawn faintly; nothing where it was not. */
  before: Plane | null;
}

/** By what a cut is taken: its line, which goes along its normal, or an end of it, which turns it about `pivot` in the pane. */
export type Grip = { by: "line" } | { by: "end"; pivot: Place; /** Perpendicular to the pane. */ axis: Place };

/**
 * What pictures need in order to draw the cuts and let a person drag one.
 *
 * `begin` when the pointer goes down on a cut, `to` for every place that it comes to, `end` when it is let up, `cancel` on
 * Escape in the middle of it. Places are patient LPS in the slice that is shown. Keys and buttons are not the picture's business.
 */
export interface CutHandle {
  readonly drawn: ReadonlySignal<readonly DrawnCut[]>;
  begin(name: string, grip: Grip, at: Place): void;
  to(at: Place): void;
  end(): void;
  cancel(): void;
}
