/** The nouns of the interface, by the names the pages use. */

export type Role = "surgeon" | "oncologist" | "radiologist" | "coordinator" | "reader" | "administrator";
export type Function =
  | "see" | "enter" | "overrule" | "override" | "confirm" | "bring" | "work_up" | "arrange" | "people" | "audit" | "storage";

export interface Me {
  person: string;
  name: string;
  centre: string;
  roles: Role[];
  functions: Function[];
  version: string;
  ends: string;
}

export interface Enrolment {
  person: string;
  name: string;
  secret: string;
  uri: string;
  qr_svg: string;
  ticket: string;
}

export interface Invitation {
  person: string;
  name: string;
  centre?: string;
  until?: string;
}

export interface WorklistLine {
  case_id: string;
  version: number;
  worked_up: number;
  as_of: string;
  identity: string;
  headline: string;
  levels: string;
  histology: string;
  degree: "stop" | "urgent" | "caution" | "note" | "";
  what: string;
  due: string;
  due_what: string;
  missing: number;
  ask: string;
  follow_up: string;
  readiness: string;
  origin: string;
  state: "new" | "working" | "failed" | "current" | "out of date";
  board: string;
  is_closed: boolean;
  saved_by: string;
  saved_at: string;
}

export type View = "all" | "urgent" | "board" | "missing" | "due";

export interface Worklist {
  items: WorklistLine[];
  next: string;
  counts: Record<View, number>;
  today: string;
}

export interface Job {
  job_id: string;
  kind: string;
  case_id: string;
  version: number;
  state: "waiting" | "running" | "done" | "failed" | "cancelled";
  step: string;
  done: number;
  of: number;
  fault: string;
  asked_by: string;
  asked_at: string;
  ended_at: string | null;
}

export interface Page<T> {
  items: T[];
  next: string;
}

export interface Person {
  person: string;
  name: string;
  roles: Role[];
  is_disabled: boolean;
  is_ready: boolean;
  made_at: string;
  seen_at: string | null;
}

export interface Link {
  link_token: string;
  until: string;
}

export interface SessionLine {
  opened_at: string;
  seen_at: string;
  ends: string;
}

export interface AuditLine {
  number: number;
  at: string;
  actor: string;
  act: string;
  case_id: string;
  purpose: string;
  sha256: string;
}

export interface AuditCheck {
  is_whole: boolean;
  entries: number;
  heads: unknown;
  faults: unknown[];
}

export interface Storage {
  database: string;
  bytes: number;
  free_bytes: number;
  files: number;
  cases: number;
  waiting_jobs: number;
}

export interface Versions {
  enbloc: string;
  revision: string;
  rules: Record<string, unknown>;
  python: string;
  libraries: Record<string, string>;
}

export interface Upload {
  upload: string;
  size: number;
  sha256: string;
}
