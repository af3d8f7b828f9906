import type { CutHandle, DrawnCut } from "../plans/held_cut";
import type { Showing } from "../viewer/showing";
import { LIES } from "../viewer/view";
import type { FlatName, Millimetres, Pane } from "../viewer/viewer";
import { apart, LINE, type Point, runOf, type Said, type Trace, traceOf } from "./lines";

interface CutsProps {
  /** Counts the draws of the viewer: another number, and the lines are drawn anew. */
  drawn: number;
  viewer: Showing;
  pane: Pane & { name: FlatName };
  cuts: CutHandle;
  canDrag: boolean;
}

const REACH = 84; // pixels from the middle of a cut to the grips that turn it

/** The cuts of the operation that is looked at, where their planes meet this slice. */
export function Cuts({ drawn, viewer, pane, cuts, canDrag }: CutsProps) {
  const sight = { centre: viewer.centre, mmPerPixel: viewer.mmPerPixel };
  const trace = (plane: DrawnCut["plane"]) => traceOf(plane, pane, LIES[pane.name], sight, viewer.depth(pane.name));
  const seen = cuts.drawn.value.map((cut, nth) => {
    const now = trace(cut.plane);
    const ends = now && runOf(now, cut.within, ([x, y]) => viewer.placeOf(pane.name, x, y));
    const run = ends && { from: ends[0], to: ends[1] };
    return { cut, now, run, said: run && wordsAt(run, pane, nth, `${cut.name} · ${cut.margin}`) };
  });
  const said = apart(seen.map((each) => each.said));
  return (
    <g class="cuts">
      {seen.map(({ cut, now, run }, nth) => {
        const before = cut.before && trace(cut.before);
        return (
          <g key={cut.name} class={`cut ${cut.degree ?? ""} ${cut.isHeld ? "is-held" : ""}`} data-cut={cut.name} data-plane={planeWords(cut.plane)} data-within={cut.within.map(planeWords).join("; ")}>
            {before && <Line trace={before} kind="before" />}
            {now && <OneCut drawn={drawn} cut={cut} trace={now} run={run} said={said[nth] ?? null} viewer={viewer} pane={pane} cuts={cuts} canDrag={canDrag} />}
          </g>
        );
      })}
    </g>
  );
}

type Run = Pick<Trace, "from" | "to">;

const planeWords = ({ point, normal }: DrawnCut["plane"]): string => [...point, ...normal].join(" ");

const Line = ({ trace, kind }: { trace: Run; kind: string }) => <line class={kind} x1={trace.from[0]} y1={trace.from[1]} x2={trace.to[0]} y2={trace.to[1]} />;

interface OneProps extends CutsProps {
  cut: DrawnCut;
  trace: Trace;
  /** As far as the blade runs. */
  run: Run | null;
  said: Said | null;
}

function OneCut({ drawn, cut, trace, run, said, viewer, pane, cuts, canDrag }: OneProps) {
  const middle = viewer.toPixels(pane.name, trace.middle) ?? trace.from;
  const grip = (end: 1 | -1): Point => [middle[0] + end * REACH * trace.along[0], middle[1] + end * REACH * trace.along[1]];
  return (
    <>
      {cut.isHeld && run && <line class="kerf" x1={run.from[0]} y1={run.from[1]} x2={run.to[0]} y2={run.to[1]} style={{ "--kerf": `${Math.max(1, cut.kerfMm * trace.perMm)}px` }} />}
      <Line trace={trace} kind="beyond" />
      {run && <Line trace={run} kind="halo" />}
      {run && <Line trace={run} kind="line" />}
      {canDrag && <Taken drawn={drawn} viewer={viewer} pane={pane} cuts={cuts} cut={cut} trace={trace} kind="line" at={middle} />}
      {canDrag && cut.isHeld && ([1, -1] as const).map((end) => <Taken key={end} drawn={drawn} viewer={viewer} pane={pane} cuts={cuts} cut={cut} trace={trace} kind="end" at={grip(end)} />)}
      {said && (
        <text class={cut.isBehind ? "cut-words is-behind" : "cut-words"} x={said.x} y={said.y} text-anchor={said.isEnd ? "end" : "start"}>
          {said.words}
        </text>
      )}
    </>
  );
}

const LETTER = 28; // the letter of the patient's side at the edge stays free

/** Beside the end of the run that lies further right, within the pane; where several would meet at its edge, each in a line of its own. */
function wordsAt({ from, to }: Run, pane: Pane, nth: number, words: string): Said {
  const [start, end] = to[0] >= from[0] ? [from, to] : [to, from];
  const x = Math.max(start[0], Math.min(end[0] - LETTER, pane.left + pane.width - LETTER));
  const share = end[0] - start[0] > 1 ? (x - start[0]) / (end[0] - start[0]) : 1;
  const y = start[1] + share * (end[1] - start[1]) - 6;
  const within = Math.min(pane.top + pane.height - 60 - nth * LINE, Math.max(pane.top + 70 + nth * LINE, y));
  return { words, x, y: within, isEnd: x > pane.left + pane.width / 2 };
}

interface TakenProps extends CutsProps {
  cut: DrawnCut;
  trace: Trace;
  kind: "line" | "end";
  at: Point;
}

/** What a pointer takes: the line, which goes along its normal, or an end, which turns it. */
function Taken({ viewer, pane, cuts, cut, trace, kind, at }: Omit<TakenProps, "canDrag">) {
  const placeOf = (event: PointerEvent): Millimetres => viewer.placeUnder(pane.name, event);
  const axis = [0, 0, 0] as [number, number, number];
  axis[LIES[pane.name].through] = 1;
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    cuts.begin(cut.name, kind === "line" ? { by: "line" } : { by: "end", pivot: trace.middle, axis }, placeOf(event));
  };
  const move = (event: PointerEvent) => {
    if (!(event.currentTarget as Element).hasPointerCapture(event.pointerId)) return;
    event.stopPropagation();
    cuts.to(placeOf(event));
  };
  const hands = { onPointerDown: down, onPointerMove: move, onPointerUp: () => cuts.end(), onPointerCancel: () => cuts.cancel() };
  if (kind === "end") return <circle class="grip turns" cx={at[0]} cy={at[1]} r="7" {...hands}><title>{`Turn the ${cut.name}`}</title></circle>;
  return (
    <>
      <line class="taken" x1={trace.from[0]} y1={trace.from[1]} x2={trace.to[0]} y2={trace.to[1]} {...hands}><title>{`Drag the ${cut.name}`}</title></line>
      {cut.isHeld && <circle class="grip" cx={at[0]} cy={at[1]} r="6" {...hands}><title>{`Drag the ${cut.name}`}</title></circle>}
    </>
  );
}
