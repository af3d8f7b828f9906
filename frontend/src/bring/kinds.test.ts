import { expect, test } from "vitest";
import { brought, guessed } from "./kinds";

test.each([
  ["study.zip", "ct"],
  ["CT_spine.nii.gz", "ct"],
  ["mr_t2_sag.nii.gz", "mr"],
  ["vertebrae_labels.nii.gz", "vertebrae"],
  ["gtv.nii.gz", "tumour"],
  ["drawn.seg.nrrd", "segments"],
])("%s looks like %s", (name, kind) => expect(guessed(name).kind).toBe(kind));

test("the server is told what applies, and no more", () => {
  expect(brought("u1", "00001.zip", guessed("study.zip"))).toEqual({ upload: "u1", name: "00001.zip", role: "ct" });
  expect(brought("u2", "00002.nii.gz", guessed("tumour.nii.gz"))).toEqual({ upload: "u2", name: "00002.nii.gz", role: "tumour", on: "ct", tumour: "A" });
  expect(brought("u3", "00003.nii.gz", { ...guessed("labels.nii.gz"), scheme: "verse" })).toEqual({ upload: "u3", name: "00003.nii.gz", role: "vertebrae", on: "ct", scheme: "verse" });
});
