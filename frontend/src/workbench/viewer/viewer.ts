/** What the workbench's viewer can be asked. Panels and overlays know this and nothing of how it draws. */

/** A place in the patient: left, posterior, superior (LPS). */
export type Millimetres = readonly [number, number, number];

export type PaneName = "axial" | "sagittal" | "coronal" | "solid";
export const FLAT = ["axial", "sagittal", "coronal"] as const;
export type FlatName = (typeof FLAT)[number];

/** Where a pane lies in the viewer's frame, in CSS pixels from its upper left corner. */
export interface Pane {
  name: PaneName;
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Solid {
  name: string;
  content: ArrayBuffer;
  colour: string;
  opacity: number;
  /** Coloured by the distance to the cuts that each of its vertices carries. */
  hasMap?: boolean;
  /** The margin that was asked of them. */
  askedMm?: number | null;
  /** The view turns about the middle of these. */
  isAround?: boolean;
}

export interface Viewer {
  /** NIfTI; replaces what is shown, and keeps place and zoom. */
  open(image: Blob, labels: Blob | null): Promise<void>;
  /** A linked image, such as MR, over the first one; nothing takes it away. */
  overlay(image: Blob | null): Promise<void>;
  lookAt(mm: Millimetres): void;
  readonly at: Millimetres;
  window(low: number, high: number): void;
  /** How much of a structure is seen, 0 to 1; its outline stays. */
  opacity(structure: number, share: number): void;
  /** The colour of each value of the label map, as CSS writes it. */
  colours(table: ReadonlyMap<number, string>): void;
  panes(): readonly Pane[];
  /** Where a place is seen in a pane, off its slice too; nothing in "solid". */
  toPixels(pane: PaneName, mm: Millimetres): [number, number] | null;
  /** The place under a pixel, on the slice that is shown; nothing outside the pane and in "solid". */
  toPlace(pane: PaneName, x: number, y: number): Millimetres | null;
  meshes(list: readonly Solid[]): Promise<void>;
  /** After each draw: what is drawn above follows. Returns the way to stop. */
  onDrawn(listener: () => void): () => void;
  onPlace(listener: (mm: Millimetres) => void): () => void;
  close(): void;
}
