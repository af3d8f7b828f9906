import { useSignal } from "@preact/signals";
import { Fold, Small } from "@/case/parts";
import { Sign } from "@/look/alarm";
import type { Bench } from "../bench";
import type { Structure } from "../nouns";
import { colourOf, groupsOf, isVertebra, type Group } from "./groups";
import { Relabel } from "./relabel";
import type { Shares } from "./shown";

interface StructuresProps {
  bench: Bench;
  shares: Shares;
  mayEdit: boolean;
}

/** What is labelled, by kind: its colour, how much of it is seen, what is odd about it, and what can be done with it. */
export function Structures({ bench, shares, mayEdit }: StructuresProps) {
  const relabelled = useSignal("");
  const groups = groupsOf(bench.structures.value);
  const view = bench.view.value;
  if (groups.length === 0) return <p class="quiet">Nothing is labelled in this case. Bring a label map, or paint one.</p>;
  return (
    <div class="bench-structures">
      {groups.map((group) => (
        <Kind key={group.kind} group={group} bench={bench} shares={shares} mayEdit={mayEdit} onRelabel={(level) => (relabelled.value = level)} />
      ))}
      {view && (view.said.length > 0 || view.unused.length > 0) && (
        <Fold title={`What was done on reading${view.unused.length ? `, and ${view.unused.length} left out` : ""}`}>
          <ul class="small">
            {[...view.said, ...view.unused].map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Fold>
      )}
      {relabelled.value && <Relabel bench={bench} level={relabelled.value} onClose={() => (relabelled.value = "")} />}
    </div>
  );
}

interface KindProps extends StructuresProps {
  group: Group;
  onRelabel: (level: string) => void;
}

const Kind = ({ group, ...rest }: KindProps) => (
  <section aria-label={group.words}>
    <h3 class="bench-sub">{group.words}</h3>
    <ul class="plain">
      {group.items.map((each) => (
        <One key={each.value} one={each} {...rest} />
      ))}
    </ul>
  </section>
);

function One({ one, bench, shares, mayEdit, onRelabel }: Omit<KindProps, "group"> & { one: Structure }) {
  const share = shares.shareOf(one);
  const isPainted = bench.brush.value === one.value;
  const canBeRelabelled = mayEdit && isVertebra(one);
  return (
    <li class={isPainted ? "bench-structure is-brush" : "bench-structure"} data-structure={one.name}>
      <button type="button" class={share > 0 ? "bench-eye" : "bench-eye is-off"} aria-pressed={share > 0} aria-label={`Show ${one.name}`} title={share > 0 ? "Hide" : "Show"} onClick={() => shares.toggle(one)}>
        <span class="bench-swatch" style={{ "--of": colourOf(one) }} />
      </button>
      <span class="bench-structure-name">
        {one.name}
        {!one.is_editable && <span class="quiet small"> not editable</span>}
      </span>
      <input class="bench-share" type="range" min="0" max="100" step="5" value={Math.round(share * 100)} aria-label={`Opacity of ${one.name}`} onInput={(event) => shares.set(one, Number(event.currentTarget.value) / 100)} />
      <span class="bench-structure-acts">
        {mayEdit && one.is_editable && (
          <button type="button" class="button plain compact" aria-pressed={isPainted} aria-label={`Paint with ${one.name}`} onClick={() => (bench.brush.value = one.value)}>
            Paint
          </button>
        )}
        {canBeRelabelled && <Small label={`Relabel ${one.name}`} onClick={() => onRelabel(one.level)}>Relabel</Small>}
      </span>
      {one.doubt && (
        <span class="small bench-doubt">
          <Sign degree="caution">doubt</Sign> {one.doubt}
        </span>
      )}
    </li>
  );
}
