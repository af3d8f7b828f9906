/** The detail of an audit entry, which is JSON, in a line: "person r.example · roles reader". Seals are shown by their beginning. */
export function detailOf(detail: string): string {
  const told = parsed(detail);
  if (told === null || typeof told !== "object" || Array.isArray(told)) return detail;
  return Object.entries(told)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name.replaceAll("_", " ")} ${shown(value)}`)
    .join(" · ");
}

function parsed(detail: string): unknown {
  try {
    return JSON.parse(detail);
  } catch {
    return null;
  }
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (typeof value === "string") return /^[0-9a-f]{40,}$/.test(value) ? `${value.slice(0, 8)}…` : value;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}
