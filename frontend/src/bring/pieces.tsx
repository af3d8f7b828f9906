import { useRef, useState } from "preact/hooks";
import { Sign } from "@/look/alarm";
import { size } from "@/look/moment";
import { Progress } from "@/look/values";
import { again, change, drop, pieces, type Piece } from "./draft";
import { takeChosen, takeDropped } from "./dropped";
import { drawnOn, KINDS, scanWords, SCHEMES, WEIGHTINGS, type Kind, type Meaning } from "./kinds";

/** Where files are dropped or chosen. */
export function Drop() {
  const [isOver, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (event.dataTransfer) void takeDropped(event.dataTransfer);
  };
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const chosen = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    if (input.files) takeChosen(input.files);
    input.value = "";
  };
  return (
    <div class={isOver ? "drop over" : "drop"} onDragOver={over} onDragLeave={() => setOver(false)} onDrop={dropped}>
      <p>
        <strong>Drop a DICOM zip or folder, NIfTI, NRRD or DICOM SEG here</strong>
      </p>
      <div class="buttons">
        <button type="button" class="button" onClick={() => files.current?.click()}>
          Choose files
        </button>
        <button type="button" class="button" onClick={() => folder.current?.click()}>
          Choose a folder
        </button>
      </div>
      <input ref={files} type="file" multiple hidden onChange={chosen} aria-label="Files" />
      <input ref={folder} type="file" hidden onChange={chosen} aria-label="Folder" {...{ webkitdirectory: true }} />
    </div>
  );
}

/** What was chosen: what each is, and how far it has come. */
export const Pieces = () =>
  pieces.value.length > 0 ? (
    <div class="scroll">
      <table class="table pieces">
        <thead>
          <tr>
            <th>File</th>
            <th>Is</th>
            <th>More about it</th>
            <th>Sent</th>
            <th>
              <span class="unseen">Take out</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {pieces.value.map((piece) => (
            <Line key={piece.key} piece={piece} />
          ))}
        </tbody>
      </table>
    </div>
  ) : null;

const Line = ({ piece }: { piece: Piece }) => {
  const means = (to: Partial<Meaning>) => change(piece.key, { meaning: { ...piece.meaning, ...to } });
  return (
    <tr>
      <th scope="row">
        {piece.name}
        <span class="quiet small"> {size(piece.size)}</span>
      </th>
      <td>
        <Pick label={`What ${piece.name} is`} value={piece.meaning.kind} options={KINDS} onPick={(kind) => means(kindOf(kind as Kind))} />
      </td>
      <td>
        <Details piece={piece} means={means} />
      </td>
      <td class="sent">
        <State piece={piece} />
      </td>
      <td>
        <button type="button" class="button plain compact" onClick={() => drop(piece.key)}>
          {piece.state === "sending" || piece.state === "packing" ? "Stop" : "Take out"}
        </button>
      </td>
    </tr>
  );
};

const kindOf = (kind: Kind): Partial<Meaning> => ({
  kind,
  lesion: kind === "tumour" ? "A" : "",
  on: drawnOn(kind),
});

function Details({ piece, means }: { piece: Piece; means: (to: Partial<Meaning>) => void }) {
  const { kind, weighting, scheme, lesion, on } = piece.meaning;
  if (kind === "ct") return <span class="quiet">in Hounsfield units</span>;
  if (kind === "case") return <span class="quiet">with everything in it</span>;
  if (kind === "mr") return <Pick label="Weighting" value={weighting} options={WEIGHTINGS} onPick={(to) => means({ weighting: to })} />;
  return (
    <span class="details">
      {kind === "vertebrae" && <Pick label="Numbered as by" isShown value={scheme} options={SCHEMES} onPick={(to) => means({ scheme: to })} />}
      {kind !== "vertebrae" && <Short label="Lesion" value={lesion} onText={(to) => means({ lesion: to.toUpperCase() })} />}
      <Pick label="Drawn on" isShown value={on} options={scans()} onPick={(to) => means({ on: to })} />
    </span>
  );
}

/** The scans that a map can be drawn on: those chosen here, and a CT that the case may already have. */
const scans = (): (readonly [string, string])[] => {
  const magnetic = pieces.value.filter((each) => each.meaning.kind === "mr").map((each) => each.meaning.weighting);
  return [["ct", "CT"], ...[...new Set(magnetic)].map((role) => [role, scanWords(role)] as const)];
};

function State({ piece }: { piece: Piece }) {
  if (piece.state === "sent") return <Sign degree="note">arrived</Sign>;
  if (piece.state === "lost") return <Sign degree="caution">choose it again</Sign>;
  if (piece.state === "failed")
    return (
      <>
        <Sign degree="caution">not sent</Sign>
        <p class="small">{piece.fault}</p>
        <button type="button" class="button compact" onClick={() => again(piece.key)}>
          Send again
        </button>
      </>
    );
  const words = piece.state === "packing" ? "packing" : "sending";
  return (
    <>
      <span class="small">
        {words} {Math.floor(piece.share * 100)} %
      </span>
      <Progress done={piece.share} of={1} words={words} />
    </>
  );
}

interface PickProps {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onPick: (value: string) => void;
  isShown?: boolean;
}

const Pick = ({ label, value, options, onPick, isShown = false }: PickProps) => (
  <label class="pick">
    <span class={isShown ? "quiet small" : "unseen"}>{label}</span>
    <select class="input" value={value} onChange={(event) => onPick(event.currentTarget.value)}>
      {options.map(([each, words]) => (
        <option key={each} value={each}>
          {words}
        </option>
      ))}
    </select>
  </label>
);

const Short = ({ label, value, onText }: { label: string; value: string; onText: (text: string) => void }) => (
  <label class="pick">
    <span class="quiet small">{label}</span>
    <input class="input short" value={value} maxLength={20} onInput={(event) => onText(event.currentTarget.value)} />
  </label>
);
