import type { ComparedRow, ComparedTable } from "@/case/nouns";
import { useCase } from "@/case/open";
import { Loud } from "@/case/parts";
import { DraftWord } from "@/look/values";

const HEADS = ["operation", "smallest margin", "tumour entered", "tumour left", "bone taken", "nerve roots", "levels", "approaches", "ready?"];

/** The operations that are feasible here beside each other. */
export function OperationsView() {
  const report = useCase().page.value?.report;
  if (!report) return null;
  return (
    <div class="board-operations">
      {report.unplanned && <p>{report.unplanned}.</p>}
      {report.compared.map((one) => (
        <Beside key={one.about} one={one} />
      ))}
    </div>
  );
}

const Beside = ({ one }: { one: ComparedTable }) => (
  <section>
    <h3>{one.title}</h3>
    <table class="table">
      <thead>
        <tr>
          {HEADS.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {one.rows.map((row) => (
          <Row key={row.number} row={row} />
        ))}
      </tbody>
    </table>
    {one.note && <p class="quiet">{one.note}</p>}
    {one.refused.length > 0 && <p class="quiet">Not feasible here: {one.refused.map((each) => `${each.name} (${each.because})`).join(" · ")}</p>}
  </section>
);

const Row = ({ row }: { row: ComparedRow }) => (
  <tr class={row.is_foremost ? "is-foremost" : ""}>
    <th scope="row">
      {row.number} {row.name} {row.is_draft && <DraftWord />}
      <span class="board-beneath">
        {row.standing}
        {row.is_foremost && "; its cuts are drawn"}
      </span>
    </th>
    <td>
      <Loud degree={row.degree}>{row.margin}</Loud>
      <span class="board-beneath">{[row.margin_note, row.classes].filter(Boolean).join("; ")}</span>
    </td>
    <td>
      <strong>{row.entry}</strong>
    </td>
    {[row.tumour_left, row.bone, row.roots, row.levels, row.approaches].map((cell, nth) => (
      <td key={nth}>{cell}</td>
    ))}
    <td>
      <span class="pill">{row.readiness}</span>
      {row.held.length > 0 && (
        <span class="board-beneath">
          <Loud degree="stop">{row.held.map((rule) => rule.id).join(" · ")}</Loud>
        </span>
      )}
    </td>
  </tr>
);
