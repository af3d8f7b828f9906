import { queryOf } from "@/api/client";
import type { Bench } from "../bench";
import type { Planning } from "./planning";

const FILES = [
  ["stl", "Meshes (STL)"],
  ["cut-sheet.pdf", "Cut sheet (PDF)"],
  ["cuts.json", "Planes (JSON)"],
] as const;

/** The operation as files to take along, with its cuts where they are now. */
export function Exports({ bench, planning }: { bench: Bench; planning: Planning }) {
  const [operation, view] = [planning.chosen.value, bench.view.value];
  if (!operation || !view || operation.cuts.length === 0) return null;
  const { planes, answer } = planning.standing.value;
  const isResting = planes.size === 0 || answer?.not_looked_at.length === 0; // only then the plan is made anew
  const waits = planning.isBehind.value || !planning.isCurrent.value || !isResting;
  return (
    <p class="small bench-exports">
      <span class="quiet">Take along, cuts as they are now:</span>{" "}
      {waits
        ? "once the numbers are there"
        : FILES.map(([what, words]) => (
            <a key={what} href={`/api/v1${bench.home}/${view.bench}/export/${what}${queryOf({ operation: operation.id })}`} download="">
              {words}
            </a>
          ))}
    </p>
  );
}
