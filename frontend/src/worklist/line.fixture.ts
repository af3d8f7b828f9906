import type { WorklistLine } from "@/api/types";

/** A line to try things with; what is not said is empty. */
export const line = (said: Partial<WorklistLine>): WorklistLine => ({
  case_id: "2f41",
  version: 1,
  worked_up: 1,
  as_of: "2026-11-20",
  identity: "61 M",
  headline: "T8 · renal cell carcinoma",
  levels: "T8",
  histology: "renal cell carcinoma",
  degree: "",
  what: "",
  due: "",
  due_what: "",
  missing: 0,
  ask: "",
  follow_up: "",
  readiness: "ready",
  origin: "patient",
  state: "current",
  board: "",
  is_closed: false,
  saved_by: "s.surgeon",
  saved_at: "2026-11-20T10:00:00Z",
  ...said,
});
