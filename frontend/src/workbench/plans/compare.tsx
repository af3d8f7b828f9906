import type { ComponentChildren } from "preact";
import { Sign } from "@/look/alarm";
import { Dialog } from "@/look/dialog";
import { DraftWord } from "@/look/values";
import type { Moved, Operation } from "../nouns";
import { degreeOfMargin } from "./degree";
import type { Planning } from "./planning";
import { marginWords, readiness, riskWords, spanWords } from "./words";

/** A column: an operation as it was searched, or with the cuts where a person moved them. */
interface Column {
  name: string;
  isDragged: boolean;
  isDraft: boolean;
  of: Operation;
  now: Operation | Moved;
}

/** The operations side by side, and what was dragged beside what was searched. */
export function Compare({ planning, onClose }: { planning: Planning; onClose: () => void }) {
  const items = planning.operations.value?.items ?? [];
  const refused = items.filter((each) => !each.feasible);
  const columns = columnsOf(items, planning);
  return (
    <Dialog title="Operations side by side" isWide onClose={onClose}>
      <div class="form">
        <div class="scroll" tabIndex={0} role="region" aria-label="Operations side by side">
          <table class="table small bench-compare">
            <thead>
              <tr>
                <th scope="col">
                  <span class="unseen">what</span>
                </th>
                {columns.map((each) => (
                  <th key={each.name} scope="col" class={each.isDragged ? "is-dragged" : ""}>
                    {each.name} {each.isDraft && <DraftWord />}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rowsOf(columns).map(({ label, cells }) => (
                <tr key={label} class={cells.length > 1 && new Set(cells.map((each) => each.key)).size > 1 ? "is-different" : ""}>
                  <th scope="row">{label}</th>
                  {cells.map((cell, nth) => (
                    <td key={nth} class={columns[nth]?.isDragged ? "is-dragged" : ""}>
                      {cell.shown}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {columns.length === 0 && <p>No operation is feasible here.</p>}
        {refused.length > 0 && (
          <section>
            <h3>Not feasible here</h3>
            <ul class="small">
              {refused.map((each) => (
                <li key={each.id}>
                  <strong>{each.id}</strong> {each.is_draft && <DraftWord />}: {each.reasons.join("; ") || "reason unknown"}
                  {each.nearest.length > 0 && <span class="quiet">; {each.nearest.join("; ")}</span>}
                </li>
              ))}
            </ul>
          </section>
        )}
        <p class="small quiet">Margins rounded down; the probability that a saw enters tumour is from and to, whatever the cuts have in common.</p>
      </div>
    </Dialog>
  );
}

function columnsOf(items: readonly Operation[], planning: Planning): readonly Column[] {
  return items.filter((each) => each.feasible).flatMap((of) => {
    const moved = planning.standingOf(of.id).answer;
    const searched: Column = { name: of.id, isDragged: false, isDraft: of.is_draft, of, now: of };
    return moved ? [searched, { ...searched, name: `${of.id}, cuts as dragged`, isDragged: true, now: moved }] : [searched];
  });
}

interface Cell {
  key: string;
  shown: ComponentChildren;
}

const cell = (words: string, shown: ComponentChildren = words): Cell => ({ key: words, shown });

function rowsOf(columns: readonly Column[]): readonly { label: string; cells: readonly Cell[] }[] {
  const row = (label: string, of: (column: Column) => Cell) => ({ label, cells: columns.map(of) });
  const labels = [...new Set(columns.flatMap((each) => each.now.price.map((line) => line.label)))];
  const methods = [...new Set(columns.flatMap((each) => each.now.risks.map((risk) => risk.method)))];
  return [
    row("smallest margin", marginCell),
    row("class", ({ now }) => cell(now.classes.join(" or ") || "–")),
    ...methods.map((method) => row(`tumour entered, ${method}`, ({ now }) => cell(riskWords(now.risks.find((each) => each.method === method))))),
    row("tumour left", ({ of }) => cell(of.tumour_left || "unknown")),
    ...labels.map((label) => row(label, ({ now }) => cell(now.price.find((line) => line.label === label)?.said ?? (now.price.length ? "none" : "–")))),
    row("levels", ({ of }) => cell(of.levels.join(" "))),
    row("stops", ({ now }) => cell(now.stops.map((each) => each.rule).join(", ") || "none")),
    row("open", ({ of, now }) => cell(String(of.borderline.length + now.not_ready.length))),
    row("ready?", ({ now }) => cell(readiness(now), <span class="pill">{readiness(now)}</span>)),
  ];
}

function marginCell({ of, now, isDragged }: Column): Cell {
  const margin = isDragged ? (now.margin ?? null) : of.margin;
  if (!margin) return cell("none: not in one piece");
  const degree = degreeOfMargin(margin);
  return cell(
    `${marginWords(margin)} ${margin.barrier}`,
    <>
      {degree ? <Sign degree={degree}>{marginWords(margin)}</Sign> : <strong>{marginWords(margin)}</strong>}
      <p class="quiet">
        {spanWords(margin)}, to {margin.barrier}
      </p>
    </>,
  );
}
