import type { Dial } from "../nouns";

const SECTORS = 12;
const RADIUS = 70;
const HOLE = 27;

/** WBB sectors as on an axial CT: front up, the patient's left on the viewer's right; sector 1 begins behind on the left. */
export function Wheel({ dial }: { dial: Dial }) {
  const held = new Set(dial.sectors ?? []);
  const words = dial.sectors ? `sectors ${dial.sectors.join(", ")}` : "sectors not known";
  return (
    <figure class="wheel">
      <svg viewBox="-100 -96 200 192" role="img" aria-label={`WBB of lesion ${dial.about}: ${words}; layers ${dial.layers?.join(" ") ?? "not known"}`}>
        {Array.from({ length: SECTORS }, (_, nth) => (
          <g key={nth}>
            <path class={held.has(nth + 1) ? "sector is-held" : "sector"} d={sector(nth)} />
            <text class={held.has(nth + 1) ? "sector-number is-held" : "sector-number"} x={around(nth + 0.5, 49)[0]} y={around(nth + 0.5, 49)[1] + 4} text-anchor="middle">
              {nth + 1}
            </text>
          </g>
        ))}
        <circle class="sector" r={HOLE} />
        <text class="wheel-word" y="4" text-anchor="middle">
          canal
        </text>
        {([["A", 0, -82], ["P", 0, 91], ["R", -86, 4], ["L", 86, 4]] as const).map(([side, x, y]) => (
          <text key={side} class="wheel-side" x={x} y={y} text-anchor="middle">
            {side}
          </text>
        ))}
      </svg>
      <figcaption class="small">
        <strong>WBB</strong> lesion {dial.about}: {words}, layers <strong>{dial.layers?.join(" · ") ?? "not known"}</strong>
        <br />
        <span class="quiet">as on an axial CT: front up, the patient's left (L) on the viewer's right</span>
      </figcaption>
    </figure>
  );
}

/** A point `turn` twelfths from behind, by the left, to the front. */
function around(turn: number, radius: number): [number, number] {
  const angle = (turn / SECTORS) * 2 * Math.PI;
  return [Math.sin(angle) * radius, Math.cos(angle) * radius];
}

function sector(nth: number): string {
  const [[ax, ay], [bx, by], [cx, cy], [dx, dy]] = [around(nth, HOLE), around(nth, RADIUS), around(nth + 1, RADIUS), around(nth + 1, HOLE)];
  return `M${ax} ${ay}L${bx} ${by}A${RADIUS} ${RADIUS} 0 0 0 ${cx} ${cy}L${dx} ${dy}A${HOLE} ${HOLE} 0 0 1 ${ax} ${ay}Z`;
}
