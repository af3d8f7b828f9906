/** The nouns of the interface by the names the pages use; what they hold is generated from the server's own description. */

import type { components } from "./schema";

type Schemas = components["schemas"];

export type Role = Schemas["Role"];
export type Function = Schemas["Function"];
export type Me = Schemas["Me"];
export type Enrolment = Schemas["Enrolment"];
export type Invitation = Schemas["Invited"];
export type WorklistLine = Schemas["WorklistLine"];
export type Worklist = Schemas["Worklist"];
export type Person = Schemas["PersonLine"];
export type Link = Schemas["Link"];
export type SessionLine = Schemas["OpenSession"];
export type AuditLine = Schemas["AuditLine"];
export type AuditCheck = Schemas["Checked"];
export type Storage = Schemas["Storage"];
export type Versions = Schemas["Versions"];

/** What is looked at in the worklist. */
export type View = "all" | "urgent" | "board" | "missing" | "due";

/** A page by key: `next` is where the next one begins, empty at the end. */
export interface Page<T> {
  items: T[];
  next: string;
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

export interface Upload {
  upload: string;
  size: number;
  sha256: string;
}
