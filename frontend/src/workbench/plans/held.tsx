import { Small } from "@/case/parts";
import { Sign } from "@/look/alarm";
import { Key } from "@/look/values";
import { useKeys } from "@/shell/keys";
import type { Planning } from "./planning";
import { COARSE_MM, FINE_MM, stepped, tiltedBy, tiltsOf } from "./steps";
import { wayOf } from "./words";

/** The cut in hand: by buttons and keys; pictures drag it by the mouse. */
export function HeldCut({ planning }: { planning: Planning }) {
  const held = planning.held.value;
  useHeldKeys(planning);
  if (!held || !planning.isCurrent.value) return null;
  const shift = (mm: number) => planning.moveTo(stepped(held.plane, mm));
  const way = held.before ? wayOf(held.before, held.plane) : "";
  return (
    <section class={held.isBehind ? "bench-held is-behind" : "bench-held"} aria-label={`${held.name} in hand`}>
      <p class="bench-held-head">
        <strong>{held.name}</strong> <span class="quiet small">in hand</span>
        <span class="bench-held-margin" aria-live="polite">
          {held.marginDegree ? <Sign degree={held.marginDegree}>{held.margin}</Sign> : <strong>{held.margin}</strong>} <span class="quiet small">to tumour</span>
        </span>
      </p>
      {held.tooNear && (
        <p class="small" role="alert">
          <Sign degree="stop">{held.tooNear}</Sign>
        </p>
      )}
      <p class="small">{way ? `Moved: ${way}.` : "Not moved."} Drag its line in a picture; its ends turn it.</p>
      <div class="bench-steps">
        <span class="small quiet">to tumour</span>
        <Step words={`2 mm towards the tumour`} keyed="{" onClick={() => shift(-COARSE_MM)}>−2</Step>
        <Step words={`0.5 mm towards the tumour`} keyed="[" onClick={() => shift(-FINE_MM)}>−0.5</Step>
        <Step words={`0.5 mm away from the tumour`} keyed="]" onClick={() => shift(FINE_MM)}>+0.5</Step>
        <Step words={`2 mm away from the tumour`} keyed="}" onClick={() => shift(COARSE_MM)}>+2</Step>
        <span class="small quiet">away, mm</span>
        {tiltsOf(held.plane).map((tilt, nth) => (
          <span key={tilt.pane} class="bench-tilt">
            <span class="small quiet">{tilt.pane}</span>
            <Step words={`1° clockwise as seen in the ${tilt.pane} pane`} keyed={nth ? "<" : ","} onClick={() => planning.moveTo(tiltedBy(held.plane, tilt, -1))}>↻ 1°</Step>
            <Step words={`1° anticlockwise as seen in the ${tilt.pane} pane`} keyed={nth ? ">" : "."} onClick={() => planning.moveTo(tiltedBy(held.plane, tilt, 1))}>↺ 1°</Step>
          </span>
        ))}
      </div>
      <p class="buttons">
        {held.before && <Small onClick={() => planning.putBack(held.name)}>Put back <Key>⌫</Key></Small>}
        <Small onClick={() => planning.letGo()}>Let go <Key>Esc</Key></Small>
      </p>
    </section>
  );
}

const Step = ({ words, keyed, onClick, children }: { words: string; keyed: string; onClick: () => void; children: string }) => (
  <button type="button" class="button compact" aria-label={words} title={`${words} (${keyed})`} onClick={onClick}>
    {children}
  </button>
);

/** `[` and `]` shift the cut in hand, `,` `.` `<` `>` tilt it; `c` takes the next one. */
function useHeldKeys(planning: Planning): void {
  const by = (mm: number) => () => planning.plane && planning.moveTo(stepped(planning.plane, mm));
  const tilt = (nth: number, degrees: number) => () => {
    const plane = planning.plane;
    const along = plane && tiltsOf(plane)[nth];
    if (plane && along) planning.moveTo(tiltedBy(plane, along, degrees));
  };
  useKeys(
    [
      { keys: ["c"], words: "take the next cut in hand", does: () => next(planning) },
      { keys: ["["], words: "cut in hand 0.5 mm towards the tumour", does: by(-FINE_MM) },
      { keys: ["]"], words: "cut in hand 0.5 mm away from the tumour", does: by(FINE_MM) },
      { keys: ["{"], words: "cut in hand 2 mm towards the tumour", does: by(-COARSE_MM) },
      { keys: ["}"], words: "cut in hand 2 mm away from the tumour", does: by(COARSE_MM) },
      { keys: [","], words: "tilt it 1° clockwise in the first of its panes", does: tilt(0, -1) },
      { keys: ["."], words: "tilt it 1° anticlockwise in the first of its panes", does: tilt(0, 1) },
      { keys: ["<"], words: "tilt it 1° clockwise in the second of its panes", does: tilt(1, -1) },
      { keys: [">"], words: "tilt it 1° anticlockwise in the second of its panes", does: tilt(1, 1) },
      { keys: ["Backspace"], words: "put the cut in hand back", does: () => planning.heldName.value && planning.putBack(planning.heldName.value) },
      { keys: ["Escape"], words: "let the cut go", does: () => planning.letGo() },
    ],
    [planning],
  );
}

function next(planning: Planning): void {
  const names = planning.chosen.value?.cuts.map((each) => each.name) ?? [];
  const following = names[(names.indexOf(planning.heldName.value) + 1) % (names.length || 1)];
  if (following) planning.hold(following);
}
