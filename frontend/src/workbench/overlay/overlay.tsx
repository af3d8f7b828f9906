import type { ReadonlySignal } from "@preact/signals";
import { isOnline } from "@/api/client";
import type { Desk } from "../paint/desk";
import type { CutHandle } from "../plans/held_cut";
import { isFlat } from "../viewer/view";
import type { DrawnLine } from "../nouns";
import { standing } from "../save/journal";
import type { FlatName, Pane } from "../viewer/viewer";
import { FlatCaption, type MapSaid, type Said, SolidCaption } from "./captions";
import { Cube, wordsOf } from "./cube";
import { Cuts } from "./cuts";
import { Lined } from "./lined";
import { Marks } from "./marks";

interface OverlayProps {
  desk: Desk;
  cuts: CutHandle;
  lines: ReadonlySignal<ReadonlyMap<FlatName, readonly DrawnLine[]>>;
  /** Why there are no surfaces; empty where there are. */
  noSolids: string;
  /** The tumour among the surfaces is coloured by its distance to the cuts. */
  map: MapSaid | null;
}

type FlatPane = Pane & { name: FlatName };

/** Be drawn again after each draw of the viewer: it is no signal, and what is given to a component stays the same. */
const follows = (desk: Desk): number => desk.drawn.value;

/** Everything that is drawn above the pixels: it follows the viewer after each of its draws. */
export function Overlay({ desk, cuts, lines, noSolids, map }: OverlayProps) {
  follows(desk);
  const { viewer } = desk;
  const panes = viewer.panes();
  const [width, height] = panes.reduce<[number, number]>(([w, h], each) => [Math.max(w, each.left + each.width), Math.max(h, each.top + each.height)], [0, 0]);
  return (
    <svg class="overlay" width={width} height={height} role="group" aria-label="On the images" data-bench={desk.bench.view.value?.bench} data-centre={viewer.centre.join(" ")} data-at={viewer.at.join(" ")} data-mm-per-pixel={viewer.mmPerPixel} data-labels={desk.painting.value ? "there" : "coming"} data-scans={viewer.scans.length} data-solids={viewer.solids.drawn}>
      {panes.map((pane) => (
        <g key={pane.name} class={desk.active.value === pane.name ? "pane is-active" : "pane"} data-pane={pane.name} data-box={`${pane.left} ${pane.top} ${pane.width} ${pane.height}`}>
          {isFlat(pane.name) ? <FlatPaneOf desk={desk} pane={pane as FlatPane} cuts={cuts} lines={lines.value.get(pane.name) ?? []} /> : <SolidPane desk={desk} pane={pane} missing={noSolids} map={map} />}
          <rect class="frame" x={pane.left + 0.5} y={pane.top + 0.5} width={Math.max(0, pane.width - 1)} height={Math.max(0, pane.height - 1)} />
        </g>
      ))}
    </svg>
  );
}

function FlatPaneOf({ desk, pane, cuts, lines }: { desk: Desk; pane: FlatPane; cuts: CutHandle; lines: readonly DrawnLine[] }) {
  follows(desk);
  const { viewer } = desk;
  const at = viewer.toPixels(pane.name, viewer.at);
  const depth = viewer.depth(pane.name);
  const isCoarse = !viewer.isFine(viewer.at);
  return (
    <>
      <clipPath id={`clip-${pane.name}`}>
        <rect x={pane.left} y={pane.top} width={pane.width} height={pane.height} />
      </clipPath>
      <g clip-path={`url(#clip-${pane.name})`}>
        <Lined drawn={follows(desk)} viewer={viewer} pane={pane} lines={lines} level={desk.levelOf(viewer.at).replace("near ", "")} />
        {at && <Cross pane={pane} at={at} />}
        <Divider desk={desk} pane={pane} />
        <Cuts drawn={follows(desk)} viewer={viewer} pane={pane} cuts={cuts} canDrag={desk.tool.value === "look"} />
        <Marks drawn={follows(desk)} viewer={viewer} pane={pane} rulers={desk.rulers} />
        <Outline desk={desk} pane={pane} />
        <Brush desk={desk} pane={pane} />
        <g transform={`translate(${pane.left} ${pane.top})`}>
          <FlatCaption pane={pane} said={saidOf(desk, pane)} place={`${"xyz"[desk.sliceOf(pane.name).through]} ${depth.toFixed(1)} mm`} mmPerPixel={viewer.mmPerPixel} coarse={isCoarse ? coarseOf(desk) : ""} />
        </g>
        <Named desk={desk} pane={pane} />
      </g>
    </>
  );
}

const GAP = 12;

/** The place that all panes share: a fine cross, open in the middle. */
const Cross = ({ pane, at: [x, y] }: { pane: Pane; at: readonly [number, number] }) => (
  <path class="cross" d={`M${x} ${pane.top}V${y - GAP}M${x} ${y + GAP}V${pane.top + pane.height}M${pane.left} ${y}H${x - GAP}M${x + GAP} ${y}H${pane.left + pane.width}`} />
);

/** Where the linked image begins when both are seen beside each other; it can be dragged. */
function Divider({ desk, pane }: { desk: Desk; pane: Pane }) {
  const { linked } = desk;
  if (!linked.role.value || linked.how.value !== "beside") return null;
  const x = pane.left + linked.share.value * pane.width;
  const move = (event: PointerEvent) => {
    const line = event.currentTarget as SVGElement;
    if (!line.hasPointerCapture(event.pointerId)) return;
    const frame = line.ownerSVGElement?.getBoundingClientRect();
    linked.blend("beside", Math.min(1, Math.max(0, (event.clientX - (frame?.left ?? 0) - pane.left) / pane.width)));
  };
  const down = (event: PointerEvent) => {
    event.stopPropagation();
    (event.currentTarget as SVGElement).setPointerCapture(event.pointerId);
  };
  return (
    <g class="divider">
      <line class="line" x1={x} x2={x} y1={pane.top} y2={pane.top + pane.height} />
      <line class="taken" x1={x} x2={x} y1={pane.top} y2={pane.top + pane.height} onPointerDown={down} onPointerMove={move} />
    </g>
  );
}

/** The outline that is being drawn. */
function Outline({ desk, pane }: { desk: Desk; pane: FlatPane }) {
  follows(desk);
  const outline = desk.outline.value;
  if (outline?.pane !== pane.name) return null;
  const hover = desk.pointer.value?.pane === pane.name ? [desk.pointer.value.at] : [];
  const points = [...outline.points, ...hover].map((each) => desk.viewer.toPixels(pane.name, each) ?? [0, 0]);
  return <path class={desk.erases.value ? "outline erases" : "outline"} d={points.map(([x, y], nth) => `${nth ? "L" : "M"}${x} ${y}`).join("") + (points.length > 2 ? "Z" : "")} />;
}

/** The brush as large as it paints. */
function Brush({ desk, pane }: { desk: Desk; pane: FlatPane }) {
  follows(desk);
  const tool = desk.tool.value;
  if (tool !== "brush" && tool !== "erase") return null;
  const at = desk.pointer.value?.pane === pane.name ? desk.pointer.value.at : desk.active.value === pane.name ? desk.viewer.at : null;
  const pixel = at && desk.viewer.toPixels(pane.name, at);
  return pixel && <circle class={tool === "erase" ? "brush erases" : "brush"} cx={pixel[0]} cy={pixel[1]} r={Math.max(1, desk.radius.value / desk.viewer.mmPerPixel)} />;
}

/** What is labelled under the pointer. */
function Named({ desk, pane }: { desk: Desk; pane: FlatPane }) {
  const pointer = desk.pointer.value;
  if (pointer?.pane !== pane.name) return null;
  const [structure, grey] = [desk.structureAt(pointer.at), desk.greyAt(pointer.at)];
  const unit = desk.image.modality === "CT" ? " HU" : "";
  const words = [structure?.name, grey === null ? "" : `${Math.round(grey)}${unit}`].filter(Boolean).join(" · ");
  return (
    <text class="named" x={pane.left + pane.width - 8} y={pane.top + pane.height - 34} text-anchor="end">
      {words}
    </text>
  );
}

function SolidPane({ desk, pane, missing, map }: { desk: Desk; pane: Pane; missing: string; map: MapSaid | null }) {
  follows(desk);
  return (
    <g>
      <g transform={`translate(${pane.left} ${pane.top})`}>
        <SolidCaption pane={pane} said={saidOf(desk, pane)} seen={wordsOf(desk.viewer.solids.turn)} missing={missing} map={map} mmPerPixel={desk.viewer.solids.mmPerPixel} />
      </g>
      <Cube turn={desk.viewer.solids.turn} x={pane.left + pane.width - 46} y={pane.top + pane.height - 46} />
    </g>
  );
}

function saidOf(desk: Desk, pane: Pane): Said {
  const { image, linked, bench } = desk;
  const view = bench.view.value;
  const [low, high] = desk.windowed.value;
  const preset = image.presets.find((each) => each.low === low && each.high === high);
  const over = linked.image.value;
  return {
    case: view ? `case ${view.case_id} · ${image.taken || view.day}` : "",
    level: desk.levelOf(desk.viewer.at),
    kind: [image.words, over && (linked.how.value === "over" ? `${over.words} ${Math.round(100 * linked.share.value)} % over it` : `${over.words} beside it, at the right`)].filter(Boolean).join(" · "),
    window: `${preset ? `${preset.name}: ` : ""}window ${Math.round(high - low)} level ${Math.round((high + low) / 2)}`,
    thickness: isFlat(pane.name) ? `slices ${desk.viewer.thickness(pane.name).toFixed(1)} mm` : "",
    origin: shortOrigin(view?.banner ?? ""),
    unconfirmed: unconfirmedOf(desk),
    notes: image.notes.join(" · "),
  };
}

/** The banner of the page says all of it; a view says the word. */
const shortOrigin = (banner: string): string => banner.split(/ [–—-] |[:.]/)[0] ?? "";

function unconfirmedOf(desk: Desk): string {
  const found = desk.bench.view.value?.confirmed;
  if (!found) return "";
  const isEdited = standing(desk.bench.unsaved.value).length > 0;
  if (isEdited) return "labels edited, not confirmed";
  const open = [!found.labels.is_confirmed && "labels", !found.level.is_confirmed && "level"].filter(Boolean);
  return open.length ? `${open.join(" and ")} not confirmed` : "";
}

function coarseOf(desk: Desk): string {
  const steps = desk.viewer.scans[0]?.grid.spacing ?? [0];
  const limit = desk.loading.limit.value;
  return `overview, ${Math.max(...steps).toFixed(1)} mm${limit ? `: ${limit}` : desk.loading.coming.value ? ": all of it is on its way" : isOnline.value ? "" : ": no connection"}`;
}
