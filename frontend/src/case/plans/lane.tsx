import type { Compared, Placed } from "../nouns";

const WIDE = 380;
const LONGEST_MONTHS = 48;
const TICKS = [0, 3, 6, 12, 24, 36, 48];

/** Months bent by their root: what is decided in the first year has most of the room. */
const at = (months: number): number => 8 + Math.sqrt(Math.min(months, LONGEST_MONTHS) / LONGEST_MONTHS) * (WIDE - 20);

export const MonthAxis = () => (
  <svg class="lane-axis" viewBox={`0 0 ${WIDE} 18`} width={WIDE} height="18" role="img" aria-label="months, 0 to 48">
    {TICKS.map((months) => (
      <text key={months} x={at(months)} y="13" text-anchor="middle">
        {months}
        {months === LONGEST_MONTHS && "\u202fmo"}
      </text>
    ))}
  </svg>
);

/** One category that is reachable, with what is published of it: medians as dots, shares alive as filled circles, ranges as bars. */
export const Lane = ({ lane }: { lane: Compared["lanes"][number] }) => (
  <div class="lane">
    <span class="lane-words small">{lane.words}</span>
    {lane.figures.length > 0 ? (
      <svg viewBox={`0 0 ${WIDE} 20`} width={WIDE} height="20" role="img" aria-label={lane.figures.map((each) => each.words).join("; ")}>
        <line class="gauge-axis" x1="8" x2={at(LONGEST_MONTHS)} y1="11" y2="11" />
        {TICKS.slice(1).map((months) => (
          <line key={months} class="lane-tick" x1={at(months)} x2={at(months)} y1="7" y2="15" />
        ))}
        {lane.figures.map((figure, nth) => (
          <Figure key={nth} figure={figure} />
        ))}
      </svg>
    ) : (
      <span class="lane-none small quiet">{lane.note}</span>
    )}
    {lane.figures.length > 0 && (
      <span class="lane-said small">
        {lane.figures.map((figure, nth) => (
          <span key={nth} title={figure.words}>
            {figure.said}
            {figure.shape === "alive" && figure.months !== null && ` at ${figure.months}\u202fmo`}
          </span>
        ))}
      </span>
    )}
  </div>
);

const RADIUS = 5;

function Figure({ figure }: { figure: Placed }) {
  const x = at(figure.months ?? LONGEST_MONTHS);
  const look = `${figure.is_draft ? "is-draft" : ""} ${figure.is_elsewhere ? "is-elsewhere" : ""}`;
  return (
    <g class={`placed is-${figure.shape} ${look}`}>
      <title>{figure.words}</title>
      {figure.low !== null && <line class="gauge-spread-line" x1={at(figure.low)} x2={at(figure.high ?? LONGEST_MONTHS)} y1="11" y2="11" />}
      {figure.shape === "median" && <circle class="median" cx={x} cy="11" r="4" />}
      {figure.shape === "alive" && figure.percent !== null && <Alive x={x} share={figure.percent / 100} />}
    </g>
  );
}

/** A circle, filled from below to the share that was alive. */
const Alive = ({ x, share }: { x: number; share: number }) => {
  const level = 11 + RADIUS - 2 * RADIUS * share;
  const half = Math.sqrt(Math.max(0, RADIUS ** 2 - (level - 11) ** 2));
  return (
    <>
      <circle class="alive-ring" cx={x} cy="11" r={RADIUS} />
      {share >= 1 ? <circle class="alive" cx={x} cy="11" r={RADIUS} /> : share > 0 && <path class="alive" d={`M${x - half} ${level}A${RADIUS} ${RADIUS} 0 ${share > 0.5 ? 1 : 0} 0 ${x + half} ${level}Z`} />}
    </>
  );
};
