import { lettersOf } from "../viewer/view";
import { BAND_COLOURS, BAND_WORDS, OPENED_COLOUR } from "../viewer/margins";
import type { FlatName, Pane } from "../viewer/viewer";
import { scaleBar } from "./lines";

/** What every view has to say of itself. */
export interface Said {
  /** "case 2f41 · 2026-11-20" */
  case: string;
  /** "T8", or "near T8". */
  level: string;
  /** "CT", "CT with MR T2 over it". */
  kind: string;
  /** "window 400 level 40". */
  window: string;
  /** "slices 1.0 mm" */
  thickness: string;
  /** Painted or phantom data; empty for a patient. */
  origin: string;
  /** What nobody has confirmed yet; empty where it is. */
  unconfirmed: string;
  /** What has to be said of the image, such as thick slices. */
  notes: string;
}

const PLANES: Readonly<Record<FlatName, string>> = { axial: "axial, from the feet", sagittal: "sagittal, from the left", coronal: "coronal, from the front" };

const LINE = 15;
const EDGE = 8;

interface FlatProps {
  pane: Pane & { name: FlatName };
  said: Said;
  /** Where the slice lies: "z 123.5 mm". */
  place: string;
  mmPerPixel: number;
  /** Coarser than the image is; empty where it is not. */
  coarse: string;
}

/** The words, letters and scale of a flat pane, in its own corner as origin. */
export function FlatCaption({ pane, said, place, mmPerPixel, coarse }: FlatProps) {
  const { width, height } = pane;
  const letters = lettersOf(pane.name);
  const bar = scaleBar(mmPerPixel, Math.min(110, width / 4));
  return (
    <g class="caption">
      <Top said={said} lines={[`${PLANES[pane.name]} · ${said.level}`, said.kind]} />
      <Banners said={said} width={width} />
      <Lines x={EDGE} y={height - EDGE} of={[`${said.thickness} · ${place}`, said.window, ...[said.notes, coarse].filter(Boolean)]} isUpwards />
      <g class="letter">
        <text x={EDGE} y={height / 2} dominant-baseline="central">{letters.left}</text>
        <text x={width - EDGE} y={height / 2} dominant-baseline="central" text-anchor="end">{letters.right}</text>
        <text x={width / 2} y={EDGE + 8} dominant-baseline="central" text-anchor="middle">{letters.top}</text>
        <text x={width / 2} y={height - EDGE - 6} dominant-baseline="central" text-anchor="middle">{letters.bottom}</text>
      </g>
      <Scale bar={bar} x={width - EDGE - bar.pixels} y={height - EDGE - 2} />
    </g>
  );
}

/** The tumour is coloured by its distance to the cuts, with a line where what was asked is reached. */
export interface MapSaid {
  askedMm: number | null;
}

interface SolidProps {
  pane: Pane;
  said: Said;
  seen: string;
  /** Why there is nothing yet; empty where there is something. */
  missing: string;
  map: MapSaid | null;
  mmPerPixel: number;
}

const CUBE = 92; // what the cube takes of the lower right corner

/** The words of the pane of solids. Its projection is parallel, so that one scale holds for all of it. */
export function SolidCaption({ pane, said, seen, missing, map, mmPerPixel }: SolidProps) {
  const bar = mmPerPixel > 0 && !missing ? scaleBar(mmPerPixel, Math.min(110, pane.width / 4)) : null;
  return (
    <g class="caption">
      <Top said={said} lines={["3D surfaces of the labels", `seen from ${seen}`]} />
      <Banners said={said} width={pane.width} />
      {missing && (
        <text class="none" x={pane.width / 2} y={pane.height / 2} text-anchor="middle">
          {missing}
        </text>
      )}
      {map && !missing && <Bands y={pane.height - EDGE - 26} askedMm={map.askedMm} />}
      {bar && <Scale bar={bar} x={pane.width - EDGE - CUBE - bar.pixels} y={pane.height - EDGE - 2} />}
    </g>
  );
}

const BANDS = [[OPENED_COLOUR, "opened"], ...BAND_COLOURS.map((colour, nth) => [colour, BAND_WORDS[nth] ?? ""])] as [string, string][];
const STEP = 13;

/** What the colours of the tumour mean, the narrowest margin first. */
const Bands = ({ y, askedMm }: { y: number; askedMm: number | null }) => (
  <g class="bands" role="img" aria-label={`The tumour is coloured by its distance to the cuts: ${BANDS.map(([, words]) => words).join(", ")} mm${askedMm === null ? "" : `; white line: ${askedMm} mm, as asked`}`}>
    <text x={EDGE} y={y - STEP * (BANDS.length - 1) - 9}>{`tumour to cuts, mm${askedMm === null ? "" : ` · white line: asked, ${askedMm}`}`}</text>
    {BANDS.map(([colour, words], nth) => (
      <g key={words} transform={`translate(${EDGE} ${y - STEP * (BANDS.length - 1 - nth)})`}>
        <rect width="11" height="11" fill={colour} />
        <text x="17" y="10">{words}</text>
      </g>
    ))}
  </g>
);

const Scale = ({ bar, x, y }: { bar: { mm: number; pixels: number }; x: number; y: number }) => (
  <g class="scale" transform={`translate(${x} ${y})`}>
    <path d={`M0 -5V0H${bar.pixels}V-5`} />
    <text x={bar.pixels / 2} y={-6} text-anchor="middle">{`${bar.mm} mm`}</text>
  </g>
);

const Top = ({ said, lines }: { said: Said; lines: readonly string[] }) => <Lines x={EDGE} y={EDGE + 11} of={[said.case, ...lines]} isFirstStrong />;

interface LinesProps {
  x: number;
  y: number;
  of: readonly string[];
  isUpwards?: boolean;
  isFirstStrong?: boolean;
}

const Lines = ({ x, y, of, isUpwards = false, isFirstStrong = false }: LinesProps) => (
  <>
    {of.map((line, nth) => (
      <text key={nth} x={x} y={y + (isUpwards ? -1 : 1) * nth * LINE} class={isFirstStrong && nth === 0 ? "strong" : ""}>
        {line}
      </text>
    ))}
  </>
);

/** What must not be overlooked, at the right above: a frame for data that are no patient's, a sign for labels that nobody confirmed. */
const Banners = ({ said, width }: { said: Said; width: number }) => {
  const found = [["origin", said.origin], ["unconfirmed", said.unconfirmed]].filter(([, words]) => words) as [string, string][];
  return (
    <>
      {found.map(([kind, words], nth) => (
        <g key={kind} class={`view-banner ${kind}`} transform={`translate(${width - EDGE} ${EDGE + 11 + nth * 20})`}>
          <text text-anchor="end">{words}</text>
        </g>
      ))}
    </>
  );
};
