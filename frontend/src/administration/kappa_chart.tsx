import type { AgreementOfYear } from "@/board/nouns";
import { kappaShort, kappaWords } from "./kappa";

const WIDE = 640;
const TALL = 96;
const LEFT = 30;
const RIGHT = WIDE - 30;
const MIDDLE = 52;
/** So near to an end, words begin or end at the spot. */
const NEAR = 130;
const TICKS = [-0.25, 0, 0.25, 0.5, 0.75, 1];

/** Kappa with its interval on one axis; chance drawn as a line, what is unknown said in its place. */
export function KappaChart({ found }: { found: AgreementOfYear["found"]["beyond_chance"] }) {
  const lowest = Math.min(TICKS[0] ?? 0, found.low ?? 0, found.kappa ?? 0);
  const at = (value: number) => LEFT + ((value - lowest) / (1 - lowest)) * (RIGHT - LEFT);
  const { kappa, low, high } = found;
  return (
    <svg class="kappa" viewBox={`0 0 ${WIDE} ${TALL}`} role="img" aria-label={kappaWords(found)}>
      <line class="kappa-axis" x1={LEFT} x2={RIGHT} y1={MIDDLE} y2={MIDDLE} />
      {TICKS.map((tick) => (
        <g key={tick}>
          <line class={tick === 0 ? "kappa-chance" : "kappa-tick"} x1={at(tick)} x2={at(tick)} y1={tick === 0 ? 22 : MIDDLE - 4} y2={tick === 0 ? 76 : MIDDLE + 4} />
          <text class="kappa-said" x={at(tick)} y="90" text-anchor="middle">
            {String(tick).replace("-", "−")}
          </text>
        </g>
      ))}
      <text class="kappa-said" x={at(0) - 6} y="18" text-anchor="end">
        as by chance
      </text>
      {low !== null && high !== null && low !== undefined && high !== undefined && <line class="kappa-spread" x1={at(low)} x2={Math.max(at(high), at(low) + 2)} y1={MIDDLE} y2={MIDDLE} />}
      {kappa !== null && kappa !== undefined && (
        <>
          <circle class="kappa-spot" cx={at(kappa)} cy={MIDDLE} r="6" />
          <text class="kappa-value" x={at(kappa)} y="38" text-anchor={at(kappa) < NEAR ? "start" : at(kappa) > WIDE - NEAR ? "end" : "middle"}>
            {kappaShort(found)}
          </text>
        </>
      )}
      {(kappa === null || kappa === undefined) && (
        <text class="kappa-value" x={(LEFT + RIGHT) / 2} y="38" text-anchor="middle">
          {kappaShort(found)}
        </text>
      )}
    </svg>
  );
}
