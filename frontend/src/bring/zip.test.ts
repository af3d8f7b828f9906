import { expect, test } from "vitest";
import { crc32, plainName, zipped } from "./zip";

const bytes = (text: string) => new TextEncoder().encode(text);

test("the check sum is that of zip", () => expect(crc32(bytes("123456789"))).toBe(0xcbf43926));

test("a zip holds its files as they are, and its directory finds them", async () => {
  const made = await zipped([{ path: "00001.dcm", file: new Blob(["first"]) }, { path: "00002.dcm", file: new Blob(["second one"]) }]);
  const view = new DataView(await made.arrayBuffer());
  const end = view.byteLength - 22;
  expect(view.getUint32(end, true)).toBe(0x06054b50);
  expect(view.getUint16(end + 10, true)).toBe(2);
  const second = view.getUint32(end + 16, true) + 46 + "00001.dcm".length;
  expect(view.getUint32(second, true)).toBe(0x02014b50);
  const local = view.getUint32(second + 42, true);
  const start = local + 30 + view.getUint16(local + 26, true);
  expect(new TextDecoder().decode(view.buffer.slice(start, start + 10))).toBe("second one");
  expect(view.getUint32(local + 14, true)).toBe(crc32(bytes("second one")));
});

test("a file's name may name a patient, and is not told", () => {
  expect(plainName("DOE^JANE 1950.dcm", 0)).toBe("00001.dcm");
  expect(plainName("Doe_Jane.nii.gz", 11)).toBe("00012.nii.gz");
  expect(plainName("IM0001", 2)).toBe("00003");
});
