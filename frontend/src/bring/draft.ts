import { signal } from "@preact/signals";
import { asProblem } from "@/api/problem";
import { guessed, type Meaning } from "./kinds";
import { send, type Sending } from "./sending";
import { plainName, zipped, type Named } from "./zip";

export interface Piece {
  key: string;
  /** As it was called on this computer; shown here only, and kept no longer than this tab. */
  name: string;
  /** As the server is told: a file's own name may name a patient, so only its kind is. */
  told: string;
  size: number;
  meaning: Meaning;
  state: "packing" | "sending" | "sent" | "failed" | "lost";
  share: number;
  upload: string;
  fault: string;
}

export interface Patient {
  birth_year: string;
  sex: string;
  as_of: string;
  because: string;
}

const NOBODY: Patient = { birth_year: "", sex: "", as_of: "", because: "" };
const KEPT = "enbloc.bring";

interface Kept {
  patient: Patient;
  pieces: Piece[];
}

const kept = recalled();
export const patient = signal<Patient>(kept.patient);
export const pieces = signal<readonly Piece[]>(kept.pieces);

const files = new Map<string, { blob: Blob | readonly Named[]; sending?: Sending }>();
const waiting: string[] = [];
let isSending = false;

/** The form survives a reload; what had not arrived by then must be chosen again. */
function recalled(): Kept {
  const words = window.sessionStorage.getItem(KEPT);
  if (!words) return { patient: NOBODY, pieces: [] };
  const { patient: who, pieces: all } = JSON.parse(words) as Kept;
  return { patient: who, pieces: all.map((each) => (each.state === "sent" ? each : { ...each, state: "lost" })) };
}

const keep = () => window.sessionStorage.setItem(KEPT, JSON.stringify({ patient: patient.value, pieces: pieces.value }));
patient.subscribe(keep);

/** Forget the form, after it was handed in or thrown away. */
export function clear(): void {
  for (const each of pieces.value) drop(each.key);
  patient.value = NOBODY;
  window.sessionStorage.removeItem(KEPT);
}

export function change(key: string, to: Partial<Piece>): void {
  const before = pieces.value.find((each) => each.key === key);
  pieces.value = pieces.value.map((each) => (each.key === key ? { ...each, ...to } : each));
  const isOnlyProgress = before?.state === to.state || (to.share !== undefined && to.state === undefined);
  if (!isOnlyProgress || to.meaning) keep();
}

/** Take files and start to send them, one after another. */
export function take(name: string, blob: Blob | readonly Named[]): void {
  const key = crypto.randomUUID();
  const size = blob instanceof Blob ? blob.size : blob.reduce((sum, each) => sum + each.file.size, 0);
  const lost = pieces.value.find((each) => each.state === "lost" && each.name === name);
  const meaning = lost?.meaning ?? guessed(name);
  files.set(key, { blob });
  const told = blob instanceof Blob ? plainName(name, pieces.value.length) : "folder.zip";
  const piece: Piece = { key, name, told, size, meaning, state: "sending", share: 0, upload: "", fault: "" };
  pieces.value = [...pieces.value.filter((each) => each !== lost), piece];
  keep();
  waiting.push(key);
  void next();
}

export function drop(key: string): void {
  files.get(key)?.sending?.stop();
  files.delete(key);
  pieces.value = pieces.value.filter((each) => each.key !== key);
  keep();
}

export function again(key: string): void {
  if (!files.has(key)) return;
  change(key, { state: "sending", share: 0, fault: "" });
  waiting.push(key);
  void next();
}

async function next(): Promise<void> {
  if (isSending) return;
  isSending = true;
  for (let key = waiting.shift(); key; key = waiting.shift()) await sent(key);
  isSending = false;
}

async function sent(key: string): Promise<void> {
  const held = files.get(key);
  const piece = pieces.value.find((each) => each.key === key);
  if (!held || !piece) return;
  try {
    const blob = held.blob instanceof Blob ? held.blob : await packed(key, held.blob);
    if (!files.has(key)) return;
    held.sending = send(blob, piece.told, (share) => change(key, { share }));
    const { upload } = await held.sending.done;
    change(key, { state: "sent", share: 1, upload });
    files.delete(key);
  } catch (thrown) {
    const problem = asProblem(thrown);
    change(key, { state: "failed", fault: [problem.title, problem.remedy].filter(Boolean).join(" ") });
  }
}

async function packed(key: string, named: readonly Named[]): Promise<Blob> {
  change(key, { state: "packing", share: 0 });
  const blob = await zipped(named, (done) => change(key, { share: done / named.length }));
  change(key, { state: "sending", share: 0 });
  return blob;
}
