import type { Case } from "../nouns";

/** A small case for tests. */
export const CASE = {
  id: "2f41", schema: "enbloc/case/1", as_of: "2026-11-20", origin: "phantom", story: "Pain for six weeks.", patient: { birth_year: 1965, sex: "male" },
  images: {}, labels: {}, lesions: [{ id: "A", levels: ["T8"], histology: "renal cell carcinoma", proven: true, kind: "metastasis", solitary: null }],
  neurology: { examined: null, ais: "D", ambulation: "aided", deficit: true, progressing: null, myelopathy: true, sphincter: null, since: null },
  treatments: [{ kind: "systemic", what: "pazopanib", levels: [], started: "2025-06-03", ended: null, dose_gy: null, fractions: null }],
  findings: [{ fact: "patient.ecog", about: "patient", value: 1, by: "R. Example", on: "2026-11-19", because: "" }],
  forms: [], confirmations: [], overrides: [],
} as unknown as Case;
