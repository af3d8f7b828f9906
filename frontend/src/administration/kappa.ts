interface Found {
  kappa?: number | null;
  low?: number | null;
  high?: number | null;
  why: string;
}

/** Two digits, outward for the ends of an interval: what is given is never narrower than what was found. */
const digits = (value: number, towards: (value: number) => number = Math.round): string => {
  const rounded = towards(Number((value * 100).toFixed(6))) / 100;
  return (Object.is(rounded, -0) ? 0 : rounded).toFixed(2).replace("-", "−");
};

/** "0.62 (0.41 to 0.83)", or what of it is not known. */
export function kappaShort({ kappa, low, high }: Found): string {
  if (kappa === null || kappa === undefined) return "unknown";
  if (low === null || low === undefined || high === null || high === undefined) return `${digits(kappa)}, interval unknown`;
  return `${digits(kappa)} (${digits(low, Math.floor)} to ${digits(high, Math.ceil)})`;
}

/** The same, and why something is not known. */
export const kappaWords = (found: Found): string => (found.why ? `${kappaShort(found)}: ${found.why}` : kappaShort(found));
