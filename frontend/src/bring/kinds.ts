/** What a file can be, and what its name suggests; the server reads the file itself and says if it is something else. */

export type Kind = "ct" | "mr" | "vertebrae" | "tumour" | "segments" | "case";

export const KINDS: readonly (readonly [Kind, string])[] = [
  ["ct", "CT scan"],
  ["mr", "MR scan"],
  ["vertebrae", "label map of the anatomy"],
  ["tumour", "outline of a tumour"],
  ["segments", "DICOM SEG or 3D Slicer segments"],
  ["case", "case folder of enbloc (zip)"],
];

export const SCHEMES: readonly (readonly [string, string])[] = [
  ["", "choose …"],
  ["totalsegmentator-v2", "TotalSegmentator v2"],
  ["verse", "VerSe"],
  ["spineps", "SPINEPS"],
  ["totalspineseg", "TotalSpineSeg"],
  ["enbloc", "enbloc"],
];

export const WEIGHTINGS: readonly (readonly [string, string])[] = [
  ["mr-t1", "T1"],
  ["mr-t1-contrast", "T1 with contrast"],
  ["mr-t2", "T2"],
  ["mr-stir", "STIR"],
];

/** A scan by the role that it has in a case: "CT", "MR T2". */
export const scanWords = (role: string): string => {
  const weighting = WEIGHTINGS.find(([each]) => each === role)?.[1];
  return weighting ? `MR ${weighting}` : role.toUpperCase();
};

export interface Meaning {
  kind: Kind;
  weighting: string;
  scheme: string;
  lesion: string;
  on: string;
}

const SUGGESTED: readonly (readonly [RegExp, Kind])[] = [
  [/\.seg\.nrrd$|[._-]seg[^a-z].*\.dcm$|seg\.dcm$/, "segments"],
  [/\bcase\b.*\.zip$|enbloc.*\.zip$/, "case"],
  [/tumou?r|lesion|gtv|metasta/, "tumour"],
  [/label|vertebra|segment|totalseg|spineps|verse|anatomy|mask/, "vertebrae"],
  [/(^|[^a-z])(mr|mri|t1|t2|stir)([^a-z]|$)/, "mr"],
];

/** The program that numbered the labels, where the name tells it. */
function numberedBy(plain: string): string {
  if (/totalspineseg/.test(plain)) return "totalspineseg";
  if (/total/.test(plain)) return "totalsegmentator-v2";
  return SCHEMES.find(([scheme]) => scheme && plain.includes(scheme))?.[0] ?? "";
}

/** What somebody must still say of a file; empty if nothing. */
export const unsaid = (meaning: Meaning): string =>
  meaning.kind === "vertebrae" && !meaning.scheme ? "Say which program numbered the labels." : meaning.kind === "tumour" && !meaning.lesion ? "Name the lesion that is outlined." : "";

/** A map is drawn on the CT unless somebody says otherwise. */
export const drawnOn = (kind: Kind): string => (["vertebrae", "tumour", "segments"].includes(kind) ? "ct" : "");

/** A zip holds a scan or a whole case; an outline or a label map is a file of its own. */
function kindOf(plain: string): Kind {
  const found = SUGGESTED.find(([looks]) => looks.test(plain))?.[1] ?? "ct";
  return plain.endsWith(".zip") && drawnOn(found) ? "case" : found;
}

/** What the file probably is, by its name alone. */
export function guessed(name: string): Meaning {
  const plain = name.toLowerCase();
  const kind = kindOf(plain);
  const weighting = /stir/.test(plain) ? "mr-stir" : /t1/.test(plain) ? "mr-t1" : "mr-t2";
  return { kind, weighting, scheme: kind === "vertebrae" ? numberedBy(plain) : "", lesion: kind === "tumour" ? "A" : "", on: drawnOn(kind) };
}

/** Whether it stands by itself: a scan, or a whole case. */
export const isScan = (meaning: Meaning): boolean => drawnOn(meaning.kind) === "";

/** The role under which the file enters the case. */
export const roleOf = (meaning: Meaning): string => (meaning.kind === "mr" ? meaning.weighting : ["segments", "case"].includes(meaning.kind) ? "" : meaning.kind);

export interface Brought {
  upload: string;
  name: string;
  role?: string;
  scheme?: string;
  on?: string;
  tumour?: string;
}

/** As the server is told; what does not apply is left out. */
export function brought(upload: string, name: string, meaning: Meaning): Brought {
  const told: Brought = { upload, name };
  const role = roleOf(meaning);
  if (role) told.role = role;
  if (isScan(meaning)) return told;
  if (meaning.on) told.on = meaning.on;
  if (meaning.kind === "vertebrae" && meaning.scheme) told.scheme = meaning.scheme;
  if (meaning.kind !== "vertebrae" && meaning.lesion) told.tumour = meaning.lesion;
  return told;
}
