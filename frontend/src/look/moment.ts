/** A moment as it is written: day and minute, in the time of this computer. */
export function moment(iso: string | null): string {
  if (!iso) return "";
  const at = new Date(iso);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** With seconds, for the audit. */
export const instant = (iso: string): string => `${moment(iso)}:${String(new Date(iso).getSeconds()).padStart(2, "0")}`;

const grouped = new Intl.NumberFormat("en-GB");

/** "100,000". */
export const counted = (number: number): string => grouped.format(number);

/** "512 kB", "1.2 GB". */
export function size(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const nth = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  const shown = bytes / 1000 ** nth;
  return `${shown >= 10 || nth === 0 ? Math.round(shown) : shown.toFixed(1)}\u2009${units[nth]}`;
}
