import type { ScoreCard } from "../nouns";

/** The bands of SINS as published (Fisher 2010), for the scale under its totals. */
const SINS_BANDS: readonly (readonly [from: number, to: number, words: string])[] = [
  [0, 6, "stable"],
  [7, 12, "potentially unstable"],
  [13, 18, "unstable"],
];
const ESCC_GRADES = ["0", "1a", "1b", "1c", "2", "3"];
const WIDE = 420;

const MOST_TOTALS = 8;

/** The result in few words: the totals as dots, of very many how many there are. */
export const resultOf = ({ totals, result }: ScoreCard): string =>
  totals.length > MOST_TOTALS ? `${totals.length} totals possible` : totals.length ? totals.join(" · ") : result;

/** Where the reachable totals stand among the bands. */
export function Totals({ card }: { card: ScoreCard }) {
  if (card.instrument === "sins" && card.totals.length) return <SinsScale totals={card.totals} />;
  if (card.instrument === "escc") return <Grades result={card.result} />;
  return null;
}

function SinsScale({ totals }: { totals: readonly number[] }) {
  const at = (total: number) => 12 + (total / 18) * (WIDE - 24);
  return (
    <svg class="sins-scale" viewBox={`0 0 ${WIDE} 58`} role="img" aria-label={`SINS ${totals.join(" or ")} of 18`}>
      {SINS_BANDS.map(([from, to, words]) => {
        const [left, right] = [from === 0 ? 4 : at(from - 0.5), to === 18 ? WIDE - 4 : at(to + 0.5)];
        const isReached = totals.some((total) => total >= from && total <= to);
        return (
          <g key={words} class={isReached ? "band is-reached" : "band"}>
            <rect x={left} y="26" width={right - left} height="10" />
            <text x={(left + right) / 2} y="52" text-anchor="middle">
              {words} {from}–{to}
            </text>
          </g>
        );
      })}
      {totals.map((total) => (
        <g key={total} class="total">
          <circle cx={at(total)} cy="31" r="6.5" />
          <text x={at(total)} y="17" text-anchor="middle">
            {total}
          </text>
        </g>
      ))}
    </svg>
  );
}

function Grades({ result }: { result: string }) {
  const reached = new Set(result.split(/ or | · /).map((each) => each.trim()));
  return (
    <ol class="grades plain" aria-label={`grade ${result}`}>
      {ESCC_GRADES.map((grade) => (
        <li key={grade} class={reached.has(grade) ? "is-reached" : ""} aria-current={reached.has(grade) ? "true" : undefined}>
          {grade}
        </li>
      ))}
    </ol>
  );
}
