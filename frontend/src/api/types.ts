/** The nouns of the interface by the names the pages use; what they hold is generated from the server's own description. */

import type { components, paths } from "./schema";

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
export type Versions = paths["/api/v1/versions"]["get"]["responses"]["200"]["content"]["application/json"];
export type Job = Schemas["Job"];
export type Upload = Schemas["Uploaded"];

/** What is looked at in the worklist. */
export type View = "all" | "urgent" | "board" | "missing" | "due";

/** A page by key: `next` is where the next one begins, empty at the end. */
export interface Page<T> {
  items: T[];
  next: string;
}
