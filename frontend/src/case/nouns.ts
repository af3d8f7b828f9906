import type { Job } from "@/api/types";
import type { components } from "@/api/schema";

type Shapes = components["schemas"];

export type CasePage = Shapes["CasePage"];
export type Report = Shapes["Report"];
export type Counsel = Shapes["Counsel"];
export type Rule = Shapes["Rule"];
export type Held = Counsel["held"][number]; // by its place: other parts of the interface hold things too
export type ScoreCard = Shapes["ScoreCard"];
export type Mark = Shapes["Mark"];
export type Absent = Shapes["Absent"];
export type Gauge = Shapes["Gauge"];
export type Numbered = Shapes["Number"];
export type PictureRef = Shapes["PictureRef"];
export type OptionRow = Shapes["OptionRow"];
export type ComparedTable = Shapes["ComparedTable"];
export type ComparedRow = Shapes["ComparedRow"];
export type PlanSheet = Shapes["PlanSheet"];
export type Block = Shapes["Block"];
export type SideBySide = Shapes["SideBySide"];
export type Compared = Shapes["Compared"];
export type Placed = Shapes["Placed"];
export type Framework = Shapes["Framework"];
export type DayRow = Shapes["DayRow"];
export type Event = Shapes["Event"];
export type Blank = Shapes["Blank"];
export type Dial = Shapes["Extent"];
export type OverrideRow = Shapes["OverrideRow"];
export type Degree = Shapes["Degree"];

export type Case = Required<Shapes["Case"]>;
export type Entry = Shapes["Entry"];
export type Lesion = Shapes["Lesion"];
export type Treatment = Shapes["Treatment"];
export type FilledForm = Shapes["FilledForm"];
export type Override = Shapes["Override"];
export type Confirmation = Shapes["Confirmation"];
export type Stated = Entry["value"];

/** One entry of the vocabulary. */
export interface Fact {
  id: string;
  words: string;
  about: "patient" | "lesion" | "level";
  kind: string | string[];
  unit: string;
  from: number | null;
  to: number | null;
  step: number | null;
  many: boolean;
  enterable: boolean;
  ask: string;
}

/** A case with its newest or an older version, as the server gives it. */
export interface CaseView {
  case_id: string;
  version: number;
  newest: number;
  by: string;
  at: string;
  because: string;
  document: Case;
  team: string[];
  /** How the people in it are printed, by how they sign in. */
  names: Record<string, string>;
  board: string | null;
  functions: string[];
  worked_up: number;
  is_current: boolean;
  labels_sha256: string;
  level_sha256: string;
  jobs: Job[];
}

/** A field that differs between two versions. */
export interface Change {
  path: string;
  what: string;
  before: unknown;
  after: unknown;
}

/** A version that somebody saved. */
export interface Saved {
  version: number;
  by: string;
  at: string;
  because: string;
  changes?: Change[];
}
