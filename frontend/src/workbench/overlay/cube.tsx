import type { Turn } from "../viewer/solids";

type Vector = readonly [number, number, number];

/** A face as it is read from outside: its letter, where it looks, what is to its right and above; right, anterior, superior. */
const FACES: readonly { letter: string; out: Vector; right: Vector; up: Vector }[] = [
  { letter: "A", out: [0, 1, 0], right: [-1, 0, 0], up: [0, 0, 1] },
  { letter: "P", out: [0, -1, 0], right: [1, 0, 0], up: [0, 0, 1] },
  { letter: "L", out: [-1, 0, 0], right: [0, -1, 0], up: [0, 0, 1] },
  { letter: "R", out: [1, 0, 0], right: [0, 1, 0], up: [0, 0, 1] },
  { letter: "H", out: [0, 0, 1], right: [1, 0, 0], up: [0, 1, 0] },
  { letter: "F", out: [0, 0, -1], right: [-1, 0, 0], up: [0, 1, 0] },
];

interface Face {
  letter: string;
  isSeen: boolean;
  /** The middle of the face, and its right and up, on the screen: right and down. */
  middle: readonly [number, number];
  right: readonly [number, number];
  up: readonly [number, number];
  /** How squarely it is looked at, 0 to 1. */
  facing: number;
}

/** The cube's faces as NiiVue's camera sees the solids. */
export function cornersOf({ azimuth, elevation }: Turn): Face[] {
  const [about, tilt] = [((azimuth - 180) * Math.PI) / 180, ((270 - elevation) * Math.PI) / 180];
  const seen = ([x, y, z]: Vector) => {
    const [a, b] = [Math.cos(about) * x - Math.sin(about) * y, Math.sin(about) * x + Math.cos(about) * y];
    return { across: -a, down: -(Math.cos(tilt) * b - Math.sin(tilt) * z), near: -(Math.sin(tilt) * b + Math.cos(tilt) * z) };
  };
  return FACES.map(({ letter, out, right, up }) => {
    const [middle, beside, above] = [seen(out), seen(right), seen(up)];
    const facing = Math.max(0, middle.near);
    return { letter, facing, isSeen: middle.near > 1e-6, middle: [middle.across, middle.down], right: [beside.across, beside.down], up: [above.across, above.down] };
  });
}

const HALF = 19;

/** The orientation cube of the solids. */
export const Cube = ({ turn, x, y }: { turn: Turn; x: number; y: number }) => (
  <g class="cube" transform={`translate(${x} ${y})`} role="img" aria-label={`Seen from ${wordsOf(turn)}`}>
    {cornersOf(turn)
      .filter((face) => face.isSeen)
      .map(({ letter, middle, right, up, facing }) => {
        const matrix = [right[0], right[1], -up[0], -up[1], middle[0] * HALF, middle[1] * HALF].map((each) => each.toFixed(4)).join(" ");
        return (
          <g key={letter} transform={`matrix(${matrix})`}>
            <rect x={-HALF} y={-HALF} width={2 * HALF} height={2 * HALF} style={{ "--facing": facing.toFixed(2) }} />
            <text text-anchor="middle" dominant-baseline="central">
              {letter}
            </text>
          </g>
        );
      })}
  </g>
);

const WORDS: Readonly<Record<string, string>> = { A: "the front", P: "behind", L: "the patient's left", R: "the patient's right", H: "the head", F: "the feet" };

/** "the front and the patient's left" */
export function wordsOf(turn: Turn): string {
  const seen = cornersOf(turn).filter((face) => face.facing > 0.25).sort((one, other) => other.facing - one.facing);
  return seen.map((face) => WORDS[face.letter]).join(" and ");
}
