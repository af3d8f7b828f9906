import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { applied } from "./affine";
import { AFFINES, gridNamed, niftiOf, scanWith } from "./grids.fixture";
import { readNifti } from "./nifti";
import { scanOf } from "./scan";

const inPieces = (bytes: Uint8Array, size: number) =>
  new ReadableStream<Uint8Array>({
    start(to) {
      for (let at = 0; at < bytes.length; at += size) to.enqueue(bytes.slice(at, at + size));
      to.close();
    },
  });

test.each(Object.keys(AFFINES))("an image that is %s comes back as it was, packed or not, however it is cut", async (kind) => {
  const scan = scanWith(gridNamed(kind), ([x]) => Math.round(10 * x));
  const file = niftiOf(scan);
  for (const [bytes, size] of [[file, 999], [new Uint8Array(gzipSync(file)), 501]] as const) {
    const found = await readNifti(inPieces(bytes, size));
    expect(found.grid.size).toEqual(scan.grid.size);
    expect(Buffer.from(found.values.buffer).equals(Buffer.from(scan.values.buffer))).toBe(true);
    applied(found.grid.toPlace, [3, 4, 5]).forEach((each, axis) => expect(each).toBeCloseTo(applied(scan.grid.toPlace, [3, 4, 5])[axis] as number, 3));
  }
});

test("an image that ends early, says nothing of its place or is none is refused in words", async () => {
  const file = niftiOf(scanWith(gridNamed("straight"), () => 1));
  const unplaced = file.slice();
  unplaced[254] = 0;
  const coloured = file.slice();
  coloured[70] = 128;
  await expect(readNifti(inPieces(file.slice(0, 5000), 4096))).rejects.toThrow("ends before its last voxel");
  await expect(readNifti(inPieces(unplaced, 4096))).rejects.toThrow("does not say where it lies");
  await expect(readNifti(inPieces(coloured, 4096))).rejects.toThrow("only grey values");
  await expect(readNifti(inPieces(new Uint8Array(100), 50))).rejects.toThrow("no NIfTI");
});

test("numbers that do not fit are put on a scale that means the same", () => {
  const { grid } = scanWith(gridNamed("straight"), () => 0);
  const values = Float32Array.from({ length: grid.size[0] * grid.size[1] * grid.size[2] }, (_, nth) => nth * 1.5);
  const scan = scanOf({ grid, values, slope: 1, intercept: 0 });
  const last = values.length - 1;
  expect(scan.slope * (scan.values[last] as number) + scan.intercept).toBeCloseTo(values[last] as number, 0);
  expect(scan.slope * (scan.values[0] as number) + scan.intercept).toBeCloseTo(0, 0);
});
