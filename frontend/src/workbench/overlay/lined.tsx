import type { DrawnLine } from "../nouns";
import type { Showing } from "../viewer/showing";
import type { FlatName, Pane } from "../viewer/viewer";

interface LinedProps {
  /** Counts the draws of the viewer: another number, and the lines are drawn anew. */
  drawn: number;
  viewer: Showing;
  pane: Pane & { name: FlatName };
  lines: readonly DrawnLine[];
  /** Of wheels of several levels on one slice only this one's is drawn. */
  level: string;
}

const KINDS_WITH_NAME = ["sector", "layer"];

/** Sectors, layers and what blades keep away from, as the bench draws them near this slice; each says its name under the pointer. */
export const Lined = ({ viewer, pane, lines, level }: LinedProps) => (
  <g class="lined">
    {ofLevel(lines, level).map((line, nth) => {
      const points = line.points_mm.map((each) => viewer.toPixels(pane.name, each) ?? [0, 0]);
      const path = points.map(([x = 0, y = 0], at) => `${at ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("") + (line.is_closed ? "Z" : "");
      const [x, y] = middleOf(points);
      return (
        <g key={`${line.kind} ${line.name} ${nth}`} class={`drawn ${line.kind}`} style={{ "--of": `var(--${line.colour || "quiet"})` }}>
          <path class="halo" d={path} />
          <path class="line" d={path}>
            <title>{line.notes ? `${line.name}: ${line.notes}` : line.name}</title>
          </path>
          {KINDS_WITH_NAME.includes(line.kind) && (
            <text x={x} y={y} text-anchor="middle" dominant-baseline="central">
              {shortOf(line)}
            </text>
          )}
        </g>
      );
    })}
  </g>
);

function middleOf(points: readonly (readonly number[])[]): [number, number] {
  const sum = points.reduce<[number, number]>(([x, y], [a = 0, b = 0]) => [x + a, y + b], [0, 0]);
  return [sum[0] / (points.length || 1), sum[1] / (points.length || 1)];
}

/** "8 R" of "T8 sector 8 right", "A and B" of "T8 layers A and B": the whole name is under the pointer. */
function shortOf({ name }: DrawnLine): string {
  const sector = /sector (\d+)/.exec(name);
  return sector?.[1] ?? name.replace(/^\S+ layers? /, "");
}

function ofLevel(lines: readonly DrawnLine[], level: string): readonly DrawnLine[] {
  const isWheel = (line: DrawnLine) => KINDS_WITH_NAME.includes(line.kind);
  const own = (line: DrawnLine) => line.name.startsWith(`${level} `);
  return lines.some((line) => isWheel(line) && own(line)) ? lines.filter((line) => !isWheel(line) || own(line)) : lines;
}
