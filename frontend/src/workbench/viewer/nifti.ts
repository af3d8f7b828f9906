import { type Affine, fromRas, type Triple } from "./affine";
import { gridOf, type Grid } from "./grid";

/** Numbers of an image as its file stores them. */
export type Stored = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

export interface Volume {
  grid: Grid;
  values: Stored;
  /** What a stored number means: `slope * number + intercept`. */
  slope: number;
  intercept: number;
}

const KINDS: Readonly<Record<number, { bytes: number; over: (buffer: ArrayBuffer) => Stored }>> = {
  2: { bytes: 1, over: (buffer) => new Uint8Array(buffer) },
  4: { bytes: 2, over: (buffer) => new Int16Array(buffer) },
  8: { bytes: 4, over: (buffer) => new Int32Array(buffer) },
  16: { bytes: 4, over: (buffer) => new Float32Array(buffer) },
  64: { bytes: 8, over: (buffer) => new Float64Array(buffer) },
  256: { bytes: 1, over: (buffer) => new Int8Array(buffer) },
  512: { bytes: 2, over: (buffer) => new Uint16Array(buffer) },
  768: { bytes: 4, over: (buffer) => new Uint32Array(buffer) },
};
const FIRST = 348;
const SECOND = 540;
const MOST_BYTES = 2 ** 31;

interface Head {
  size: Triple;
  affine: Affine;
  kind: (typeof KINDS)[number];
  slope: number;
  intercept: number;
  starts: number;
  isLittle: boolean;
}

/** Read an image, packed or not, piece by piece: never more than one copy of its voxels is in memory. Of a series the first image is taken. */
export async function readNifti(content: ReadableStream<Uint8Array>): Promise<Volume> {
  const pieces = (await unpacked(content)).getReader();
  const front = await atLeast(pieces, SECOND + 4);
  const head = headOf(front);
  const bytes = head.kind.bytes * head.size[0] * head.size[1] * head.size[2];
  if (bytes > MOST_BYTES) throw new RangeError("The image is too large for a browser.");
  const room = new Uint8Array(bytes);
  let at = place(room, front, -head.starts);
  while (at < bytes) {
    const { done, value } = await pieces.read();
    if (done) throw new RangeError("The image ends before its last voxel.");
    at = place(room, value, at);
  }
  void pieces.cancel();
  if (!head.isLittle) turnBytes(room, head.kind.bytes);
  return { grid: gridOf(head.size, head.affine), values: head.kind.over(room.buffer), slope: head.slope, intercept: head.intercept };
}

/** Copy what of a piece belongs into the room; where the next one goes. */
function place(room: Uint8Array, piece: Uint8Array, at: number): number {
  const from = Math.max(0, -at);
  const part = piece.subarray(from, Math.max(from, Math.min(piece.length, room.length - at)));
  if (part.length) room.set(part, at + from);
  return at + piece.length;
}

async function atLeast(pieces: ReadableStreamDefaultReader<Uint8Array>, bytes: number): Promise<Uint8Array> {
  let found = new Uint8Array(0);
  while (found.length < bytes) {
    const { done, value } = await pieces.read();
    if (done) break;
    const both = new Uint8Array(found.length + value.length);
    both.set(found);
    both.set(value, found.length);
    found = both;
  }
  return found;
}

/** The content without its gzip, if it has one: a server or a browser may have taken it off already. */
async function unpacked(content: ReadableStream<Uint8Array>): Promise<ReadableStream<Uint8Array>> {
  const reader = content.getReader();
  const first = await reader.read();
  const again = new ReadableStream<Uint8Array>({
    start: (to) => (first.done ? to.close() : to.enqueue(first.value)),
    pull: async (to) => {
      const { done, value } = await reader.read();
      if (done) to.close();
      else to.enqueue(value);
    },
    cancel: () => reader.cancel(),
  });
  const isPacked = !first.done && first.value[0] === 0x1f && first.value[1] === 0x8b;
  return isPacked ? again.pipeThrough(new DecompressionStream("gzip") as unknown as ReadableWritablePair<Uint8Array, Uint8Array>) : again;
}

function headOf(front: Uint8Array): Head {
  if (front.length < FIRST) throw new RangeError("This is no NIfTI image.");
  const view = new DataView(front.buffer, front.byteOffset, front.byteLength);
  const isLittle = [FIRST, SECOND].includes(view.getInt32(0, true));
  const length = view.getInt32(0, isLittle);
  if (length !== FIRST && length !== SECOND) throw new RangeError("This is no NIfTI image.");
  return length === FIRST ? firstHead(view, isLittle) : secondHead(view, isLittle);
}

function firstHead(view: DataView, little: boolean): Head {
  const short = (at: number) => view.getInt16(at, little);
  const float = (at: number) => view.getFloat32(at, little);
  const reals = (at: number, count: number) => Array.from({ length: count }, (_, nth) => float(at + 4 * nth));
  const placed = { qform: short(252), sform: short(254), quaternion: reals(256, 6), rows: reals(280, 12), steps: reals(76, 4) };
  return { size: [short(42), short(44), short(46)], affine: affineOf(placed), kind: kindOf(short(70)), ...scaling(float(112), float(116)), starts: float(108), isLittle: little };
}

function secondHead(view: DataView, little: boolean): Head {
  const long = (at: number) => Number(view.getBigInt64(at, little));
  const real = (at: number) => view.getFloat64(at, little);
  const reals = (at: number, count: number) => Array.from({ length: count }, (_, nth) => real(at + 8 * nth));
  const placed = { qform: view.getInt32(344, little), sform: view.getInt32(348, little), quaternion: reals(352, 6), rows: reals(400, 12), steps: reals(104, 4) };
  return { size: [long(24), long(32), long(40)], affine: affineOf(placed), kind: kindOf(view.getInt16(12, little)), ...scaling(real(176), real(184)), starts: long(168), isLittle: little };
}

/** A slope of 0 means that nothing is scaled. */
const scaling = (slope: number, intercept: number) => (slope && Number.isFinite(slope) ? { slope, intercept: Number.isFinite(intercept) ? intercept : 0 } : { slope: 1, intercept: 0 });

function kindOf(code: number): Head["kind"] {
  const found = KINDS[code];
  if (!found) throw new RangeError("The image is of a kind that is not shown: only grey values are.");
  return found;
}

interface Placed {
  qform: number;
  sform: number;
  quaternion: readonly number[];
  rows: readonly number[];
  steps: readonly number[];
}

function affineOf({ qform, sform, quaternion, rows, steps }: Placed): Affine {
  if (sform > 0) return fromRas(rows);
  if (qform > 0) return fromRas(ofQuaternion(quaternion, steps));
  throw new RangeError("The image does not say where it lies in the patient.");
}

function ofQuaternion([b = 0, c = 0, d = 0, x = 0, y = 0, z = 0]: readonly number[], [side = 1, i = 1, j = 1, k = 1]: readonly number[]): Affine {
  const a = Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d));
  const k2 = side < 0 ? -k : k;
  return [
    (a * a + b * b - c * c - d * d) * i, 2 * (b * c - a * d) * j, 2 * (b * d + a * c) * k2, x,
    2 * (b * c + a * d) * i, (a * a + c * c - b * b - d * d) * j, 2 * (c * d - a * b) * k2, y,
    2 * (b * d - a * c) * i, 2 * (c * d + a * b) * j, (a * a + d * d - c * c - b * b) * k2, z,
  ]; // prettier-ignore
}

function turnBytes(room: Uint8Array, each: number): void {
  for (let at = 0; at < room.length; at += each) room.subarray(at, at + each).reverse();
}
