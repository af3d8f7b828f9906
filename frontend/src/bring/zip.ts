/** A folder becomes one zip file, stored and not squeezed: scans hardly shrink, and the parts stay on the disk until they are sent. */

import { Problem } from "@/api/problem";

const MOST_FILES = 65_535;
const MOST_BYTES = 0xffff_ffff;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest >>> 0;
});

/** The check sum of a zip entry. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let rest = ~before >>> 0;
  for (const byte of bytes) rest = (TABLE[(rest ^ byte) & 0xff] ?? 0) ^ (rest >>> 8);
  return ~rest >>> 0;
}

export interface Named {
  path: string;
  file: Blob;
}

/** The files as one zip. Names are counted, not kept: a folder's names may name a patient. */
export async function zipped(files: readonly Named[], tell: (done: number) => void = () => undefined): Promise<Blob> {
  const total = files.reduce((sum, each) => sum + each.file.size, 0);
  if (files.length > MOST_FILES || total > MOST_BYTES - files.length * 200)
    throw new Problem(0, "The folder is too large to be sent in one piece.", "Choose the folder of one series, or zip it yourself.");
  const parts: BlobPart[] = [];
  const directory: BlobPart[] = [];
  let at = 0;
  for (const [nth, { path, file }] of files.entries()) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const entry = { name: new TextEncoder().encode(path), sum: crc32(bytes), size: bytes.length, at };
    const head = header(entry, false);
    parts.push(head, file);
    directory.push(header(entry, true));
    at += head.byteLength + bytes.length;
    tell(nth + 1);
  }
  const size = directory.reduce((sum, part) => sum + (part as Uint8Array).byteLength, 0);
  return new Blob([...parts, ...directory, end(files.length, size, at)], { type: "application/zip" });
}

/** "0001.dcm": where a file stood and what it is, and nothing of what it was called. */
export function plainName(path: string, nth: number): string {
  const ending = /\.(nii\.gz|seg\.nrrd|[a-z0-9]{1,5})$/i.exec(path)?.[0].toLowerCase() ?? "";
  return `${String(nth + 1).padStart(5, "0")}${ending}`;
}

interface Entry {
  name: Uint8Array;
  sum: number;
  size: number;
  at: number;
}

/** The head of an entry (local), or its line in the directory at the end (central). */
function header({ name, sum, size, at }: Entry, isCentral: boolean): Uint8Array<ArrayBuffer> {
  const length = isCentral ? 46 : 30;
  const bytes = new Uint8Array(length + name.length);
  const view = new DataView(bytes.buffer);
  const shift = isCentral ? 2 : 0;
  view.setUint32(0, isCentral ? 0x02014b50 : 0x04034b50, true);
  if (isCentral) view.setUint16(4, 20, true);
  view.setUint16(4 + shift, 20, true);
  view.setUint16(6 + shift, 0x0800, true); // names are UTF-8
  view.setUint32(10 + shift, 0x00210000, true); // 1980-01-01: a zip needs a day, and no true one is told
  view.setUint32(14 + shift, sum, true);
  view.setUint32(18 + shift, size, true);
  view.setUint32(22 + shift, size, true);
  view.setUint16(26 + shift, name.length, true);
  if (isCentral) view.setUint32(42, at, true);
  bytes.set(name, length);
  return bytes;
}

function end(count: number, size: number, at: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(22);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, size, true);
  view.setUint32(16, at, true);
  return bytes;
}
