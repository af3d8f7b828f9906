import type { Gauge } from "../nouns";

const WIDE = 132;
const TALL = 24;
const MIDDLE = 16;

/** A number's interval on its scale: tick the value, bar the interval, hairlines the cut-offs; what was overruled is struck. */
export function GaugeBar({ gauge }: { gauge: Gauge }) {
  const [from, to] = gauge.scale as [number, number];
  const at = (each: number) => 4 + ((Math.min(Math.max(each, from), to) - from) / (to - from || 1)) * (WIDE - 8);
  const wide = (low: number, high: number) => Math.max(at(high) - at(low), 1.5);
  return (
    <svg class="gauge" viewBox={`0 0 ${WIDE} ${TALL}`} width={WIDE} height={TALL} role="img" aria-label={gauge.alt}>
      <line class="gauge-axis" x1="2" x2={WIDE - 2} y1={MIDDLE} y2={MIDDLE} />
      {gauge.doubt && <rect class="gauge-doubt" x={at(gauge.doubt[0] as number)} y={MIDDLE - 6} width={wide(gauge.doubt[0] as number, gauge.doubt[1] as number)} height="12" />}
      {!gauge.is_exact && <rect class="gauge-spread" x={at(gauge.low)} y={MIDDLE - 3.5} width={wide(gauge.low, gauge.high)} height="7" />}
      {gauge.before && <Struck low={at(gauge.before[0] as number)} high={at(gauge.before[1] as number)} />}
      {gauge.ticks.map((tick) => {
        const x = at(tick.at);
        const isTight = x > WIDE - 26;
        return (
          <g key={tick.at}>
            <line class="gauge-cut" x1={x} x2={x} y1="2" y2={TALL} />
            <text class="gauge-said" x={isTight ? x - 3 : x + 3} y="9" text-anchor={isTight ? "end" : "start"}>
              {tick.said}
            </text>
          </g>
        );
      })}
      <rect class={gauge.is_measured ? "gauge-value" : "gauge-value is-entered"} x={at(gauge.value) - (gauge.is_measured ? 1.25 : 2.5)} y={MIDDLE - 6} width={gauge.is_measured ? 2.5 : 5} height="12" />
    </svg>
  );
}

const Struck = ({ low, high }: { low: number; high: number }) => (
  <g class="gauge-struck">
    <rect x={low} y={MIDDLE - 3.5} width={Math.max(high - low, 1.5)} height="7" />
    <line x1={low - 2} x2={high + 2} y1={MIDDLE + 5} y2={MIDDLE - 5} />
  </g>
);
