import { expect, test } from "vitest";
import { brought, guessed, scanWords, unsaid } from "./kinds";

test.each([
  ["study.zip", "ct"],
  ["CT_spine.nii.gz", "ct"],
  ["mr_t2_sag.nii.gz", "mr"],
  ["vertebrae_labels.nii.gz", "vertebrae"],
  ["gtv.nii.gz", "tumour"],
  ["drawn.seg.nrrd", "segments"],
  ["metastasis.zip", "case"],
  ["vertebrae_labels.zip", "case"],
  ["mr_t2.zip", "mr"],
])("%s looks like %s", (name, kind) => expect(guessed(name).kind).toBe(kind));

test.each([
  ["labels_total_v2.nii.gz", "totalsegmentator-v2"],
  ["totalspineseg_labels.nii.gz", "totalspineseg"],
  ["sub-1_verse_mask.nii.gz", "verse"],
  ["labels.nii.gz", ""],
])("%s was numbered by %s", (name, scheme) => expect(guessed(name).scheme).toBe(scheme));

test("a label map without its scheme is asked for it", () => {
  expect(unsaid(guessed("labels.nii.gz"))).toContain("which program");
  expect(unsaid({ ...guessed("labels.nii.gz"), scheme: "verse" })).toBe("");
  expect(unsaid(guessed("study.zip"))).toBe("");
});

test("a scan is named as people name it", () => expect(["ct", "mr-t1-contrast"].map(scanWords)).toEqual(["CT", "MR T1 with contrast"]));

test("the server is told what applies, and no more", () => {
  expect(brought("u1", "00001.zip", guessed("study.zip"))).toEqual({ upload: "u1", name: "00001.zip", role: "ct" });
  expect(brought("u2", "00002.nii.gz", guessed("tumour.nii.gz"))).toEqual({ upload: "u2", name: "00002.nii.gz", role: "tumour", on: "ct", tumour: "A" });
  expect(brought("u3", "00003.nii.gz", { ...guessed("labels.nii.gz"), scheme: "verse" })).toEqual({ upload: "u3", name: "00003.nii.gz", role: "vertebrae", on: "ct", scheme: "verse" });
});
