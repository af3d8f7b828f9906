import { dot, shifted, tilted, type Place, type Plane } from "./plane";

export const FINE_MM = 0.5;
export const COARSE_MM = 2;
const DEGREE = Math.PI / 180;

/** A way to tilt a cut: seen in which pane, and about what; the axis points at who looks, so that a positive turn is anticlockwise there. */
export interface Tilt {
  pane: "axial" | "sagittal" | "coronal";
  axis: Place;
}

/** Panes as they are looked at: axial from the feet, sagittal from the left, coronal from the front. */
const TILTS: readonly Tilt[] = [
  { pane: "axial", axis: [0, 0, -1] },
  { pane: "sagittal", axis: [1, 0, 0] },
  { pane: "coronal", axis: [0, -1, 0] },
];

/** The two panes in which the cut is seen as a line, and so can be tilted. */
export const tiltsOf = (plane: Plane): readonly Tilt[] =>
  [...TILTS].sort((one, other) => Math.abs(dot(one.axis, plane.normal)) - Math.abs(dot(other.axis, plane.normal))).slice(0, 2);

export const stepped = shifted;

/** A tilt by whole degrees about the middle of the blade. */
export const tiltedBy = (plane: Plane, tilt: Tilt, degrees: number): Plane => tilted(plane, plane.point, tilt.axis, degrees * DEGREE);
