import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Small } from "@/case/parts";
import { Dialog } from "@/look/dialog";
import { shown } from "../overlay/rulers";
import { type Desk, PAINTING, type Tool } from "./desk";
import { LinkedTools } from "./linked_tools";

const TOOLS: readonly (readonly [Tool, string, string])[] = [
  ["look", "Look", "v"],
  ["window", "Window", "w"],
  ["brush", "Brush", "b"],
  ["erase", "Erase", "e"],
  ["outline", "Outline", "o"],
  ["grow", "Grow", "g"],
  ["ruler", "Ruler", "r"],
  ["angle", "Angle", "a"],
];

/** The tools above the images: what the pointer does, how, and what was done. */
export function Tools({ desk, mayEdit }: { desk: Desk; mayEdit: boolean }) {
  return (
    <div class="tools" role="toolbar" aria-label="Tools">
      <div class="tools-row">
        <div class="tool-group" role="group" aria-label="What the pointer does">
          {TOOLS.filter(([tool]) => mayEdit || !PAINTING.includes(tool)).map(([tool, words, key]) => (
            <Press key={tool} isOn={desk.tool.value === tool} title={`${words} (${key})`} onClick={() => desk.choose(tool)}>
              {words}
            </Press>
          ))}
        </div>
        {mayEdit && <Undo desk={desk} />}
        <span class="tool-gap" />
        <Press isOn={desk.showsLines.value} title="Sectors, layers, keep-outs, roots and arteries (k)" onClick={() => (desk.showsLines.value = !desk.showsLines.value)}>
          Sectors
        </Press>
        <RulerList desk={desk} />
        <Press isOn={desk.alone.value !== null} title="This pane alone, or all four (f)" onClick={() => desk.fillFrame(desk.alone.value ? null : desk.active.value)}>
          One pane
        </Press>
        <button type="button" class="button compact" title="The whole image in sight (0)" onClick={() => desk.viewer.fit()}>
          Fit
        </button>
      </div>
      <div class="tools-row">
        <Windows desk={desk} />
        {desk.linked.images.length > 0 && <LinkedTools linked={desk.linked} />}
        <Settings desk={desk} />
        <span class="tool-gap" />
        <span class="small quiet undo-words">{desk.painting.value?.undoWords.value}</span>
      </div>
    </div>
  );
}

interface PressProps {
  isOn: boolean;
  title: string;
  onClick: () => void;
  children: ComponentChildren;
}

export const Press = ({ isOn, title, onClick, children }: PressProps) => (
  <button type="button" class="button compact press" aria-pressed={isOn} title={title} onClick={onClick}>
    {children}
  </button>
);

function Undo({ desk }: { desk: Desk }) {
  const painting = desk.painting.value;
  const [undo, redo] = [painting?.undoWords.value ?? "", painting?.redoWords.value ?? ""];
  return (
    <div class="tool-group" role="group" aria-label="What was done">
      <button type="button" class="button compact" disabled={!undo} title={undo ? `${undo} (Ctrl+Z)` : "Nothing to undo"} onClick={() => desk.undo()}>
        Undo
      </button>
      <button type="button" class="button compact" disabled={!redo} title={redo ? `${redo} (Ctrl+Shift+Z)` : "Nothing to do again"} onClick={() => desk.redo()}>
        Redo
      </button>
    </div>
  );
}

function Windows({ desk }: { desk: Desk }) {
  const [low, high] = desk.windowed.value;
  const chosen = desk.image.presets.findIndex((each) => each.low === low && each.high === high);
  return (
    <label class="tool-field">
      Window
      <select class="input" value={String(chosen)} onChange={(event) => {
        const preset = desk.image.presets[Number(event.currentTarget.value)];
        if (preset) desk.windowed.value = [preset.low, preset.high];
      }}>
        {chosen < 0 && <option value="-1">by hand</option>}
        {desk.image.presets.map((each, nth) => (
          <option key={each.name} value={String(nth)}>
            {each.name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What the tool in hand can be told. */
function Settings({ desk }: { desk: Desk }) {
  const tool = desk.tool.value;
  const brush = desk.brush.value;
  if (!PAINTING.includes(tool)) return <span class="small quiet tool-said">{SAID[tool]}</span>;
  return (
    <>
      <span class="tool-said small">
        {brush ? (
          <>
            <span class="bench-swatch" style={{ "--of": `var(--${brush.colour})` }} /> <strong>{brush.name}</strong>
          </>
        ) : (
          "choose what to paint in the list of structures"
        )}
      </span>
      {(tool === "brush" || tool === "erase") && <BrushSize desk={desk} />}
      {tool === "outline" && (
        <>
          <label class="tick small">
            <input type="checkbox" checked={desk.erases.value} onChange={(event) => (desk.erases.value = event.currentTarget.checked)} /> take away
          </label>
          <span class="small quiet tool-said">drag freely, or click corners and close with a double click (Shift+Enter)</span>
        </>
      )}
      {tool === "grow" && <Growing desk={desk} />}
    </>
  );
}

const SAID: Partial<Record<Tool, string>> = {
  look: "click: the cross · wheel: slices · Ctrl+wheel: zoom · right: window · Shift: move",
  window: "drag right for width, down for level",
  ruler: "two clicks on a slice",
  angle: "three clicks on a slice, the second at the corner",
};

const BrushSize = ({ desk }: { desk: Desk }) => (
  <>
    <label class="tool-field">
      radius
      <input class="input number" type="number" min="0.5" max="40" step="0.5" value={desk.radius.value} onInput={(event) => {
        const mm = event.currentTarget.valueAsNumber;
        if (mm > 0) desk.radius.value = Math.min(40, mm);
      }} />
      mm
    </label>
    <Press isOn={desk.isBall.value} title="A ball paints on the slices above and below too (d)" onClick={() => (desk.isBall.value = !desk.isBall.value)}>
      Ball
    </Press>
  </>
);

const Growing = ({ desk }: { desk: Desk }) => (
  <>
    <label class="tool-field">
      within ±
      <input class="input number" type="number" min="1" max="2000" step="10" value={desk.grow.value.hu} onInput={(event) => event.currentTarget.valueAsNumber > 0 && (desk.grow.value = { ...desk.grow.value, hu: event.currentTarget.valueAsNumber })} />
      {desk.image.modality === "CT" ? "HU" : "of the image"}
    </label>
    <label class="tool-field">
      at most
      <input class="input number" type="number" min="1" max="500" step="1" value={desk.grow.value.cc} onInput={(event) => event.currentTarget.valueAsNumber > 0 && (desk.grow.value = { ...desk.grow.value, cc: event.currentTarget.valueAsNumber })} />
      cc
    </label>
  </>
);

/** Rulers and angles by name: look at one, name it, take it away. */
function RulerList({ desk }: { desk: Desk }) {
  const isOpen = useSignal(false);
  const all = desk.rulers.all.value;
  return (
    <>
      <button type="button" class="button compact" disabled={all.length === 0} onClick={() => (isOpen.value = true)}>
        Rulers {all.length || ""}
      </button>
      {isOpen.value && (
        <Dialog title="Rulers and angles" onClose={() => (isOpen.value = false)}>
          <ul class="plain ruler-list">
            {all.map((each) => (
              <li key={each.id} class="buttons">
                <input class="input" value={each.name} aria-label={`Name of ${each.name}`} onChange={(event) => desk.rulers.rename(each.id, event.currentTarget.value)} />
                <strong>{shown(each)}</strong>
                <Small onClick={() => { isOpen.value = false; desk.viewer.lookAt(each.points[0] as [number, number, number]); }}>Look at it</Small>
                <Small label={`Delete ${each.name}`} onClick={() => desk.rulers.remove(each.id)}>Delete</Small>
              </li>
            ))}
          </ul>
          <p class="small quiet">They are notes of this page and are not saved with the case.</p>
        </Dialog>
      )}
    </>
  );
}
