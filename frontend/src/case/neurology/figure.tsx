import { keyOf, type Scores, type Side } from "../model/isncsci";

/** Where a dermatome lies on the front of a figure, drawn for the left of the body (x > 0) and mirrored for the right. */
const PLACES: Readonly<Record<string, string>> = {
  C2: "M0 0H9Q11 8 8 15H0Z",
  C3: "M0 17H7V23H0Z",
  C4: "M0 25H10L25 30V34H0Z",
  C5: "M26 31L33 36V58H28L25 36Z",
  C6: "M29 60H34L36 86H32Z",
  C7: "M33 88H36L37 97H34Z",
  C8: "M30 88H32L33 97H29Z",
  T1: "M25 60H28L31 86H28Z",
  T2: "M24 38L27 58H24Z",
  ...Object.fromEntries([3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((nth, row) => [`T${nth}`, `M0 ${36 + row * 6}H${23 - row * 0.35}V${41 + row * 6}H0Z`])),
  L1: "M0 97H20L21 106L3 103H0Z",
  L2: "M4 106L21 109L20 122H5Z",
  L3: "M5 124H20L19 140H7Z",
  L4: "M7 142H13V172H9Z",
  L5: "M14 142H19L17 172H14Z",
  S1: "M15 174H19L23 181H15Z",
  S2: "M9 174H14V181H9Z",
  S3: "M1 105L3 106V112H1Z",
  "S4-5": "M0 114H3V119H0Z",
};

const SIDES: readonly (readonly [Side, number])[] = [["right", -1], ["left", 1]];

/** A figure seen from the front: each dermatome as dark as it is felt, hatched where it is unknown. */
export const Figure = ({ scores, part }: { scores: Scores; part: "light touch" | "pin prick" }) => (
  <figure class="body-figure">
    <svg viewBox="-48 -12 96 200" role="img" aria-label={`${part} by dermatome; the same as in the table`}>
      {SIDES.map(([side, turn]) => (
        <g key={side} transform={`scale(${turn} 1)`}>
          {Object.entries(PLACES).map(([segment, shape]) => {
            const score = scores[keyOf(side, part, segment)] ?? "";
            return (
              <path key={segment} d={shape} class={`dermatome is-${score.charAt(0) || "unknown"}`}>
                <title>{`${segment} ${side}: ${score || "unknown"}`}</title>
              </path>
            );
          })}
        </g>
      ))}
      <text x="-36" y="-3" text-anchor="middle">R</text>
      <text x="36" y="-3" text-anchor="middle">L</text>
    </svg>
    <figcaption class="small quiet">{part}</figcaption>
  </figure>
);
