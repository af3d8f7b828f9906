import type { Showing } from "../viewer/showing";
import type { FlatName, Pane } from "../viewer/viewer";
import { type Ruler, type Rulers, shown } from "./rulers";

interface MarksProps {
  /** Counts the draws of the viewer: another number, and the lines are drawn anew. */
  drawn: number;
  viewer: Showing;
  pane: Pane & { name: FlatName };
  rulers: Rulers;
}

const SAME_MM = 0.01;

/** Rulers and angles that were drawn on the slice which is shown. */
export const Marks = ({ drawn, viewer, pane, rulers }: MarksProps) => (
  <g class="marks">
    {rulers.drawn.value
      .filter((each) => each.pane === pane.name && Math.abs(each.depth - viewer.depth(pane.name)) < SAME_MM)
      .map((each) => (
        <OneMark key={each.id} drawn={drawn} viewer={viewer} pane={pane} rulers={rulers} ruler={each} />
      ))}
  </g>
);

function OneMark({ viewer, pane, rulers, ruler }: MarksProps & { ruler: Ruler }) {
  const points = ruler.points.map((each) => viewer.toPixels(pane.name, each) ?? [0, 0]);
  const line = points.map(([x, y], nth) => `${nth ? "L" : "M"}${x} ${y}`).join("");
  const [x, y] = points[ruler.kind === "angle" ? 1 : points.length - 1] as [number, number];
  const drag = (nth: number) => ({
    onPointerDown: (event: PointerEvent) => {
      event.stopPropagation();
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      if ((event.currentTarget as Element).hasPointerCapture(event.pointerId)) rulers.move(ruler.id, nth, viewer.placeUnder(pane.name, event));
    },
  });
  return (
    <g class="mark" data-ruler={ruler.name}>
      <path class="halo" d={line} />
      <path class="line" d={line} />
      {points.map(([px, py], nth) => (
        <circle key={nth} class={rulers.open.value?.id === ruler.id ? "end is-open" : "end"} cx={px} cy={py} r="5" {...drag(nth)} />
      ))}
      <text x={x + 9} y={y - 6}>{`${ruler.name} · ${shown(ruler)}`}</text>
    </g>
  );
}
