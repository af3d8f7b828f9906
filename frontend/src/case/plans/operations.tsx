import { DraftWord } from "@/look/values";
import type { Block, ComparedRow, ComparedTable, PlanSheet } from "../nouns";
import { useCase } from "../open";
import { Fold, Loud, RuleIds, Section } from "../parts";
import { PlanPlates } from "../evidence/plates";
import { GaugeBar } from "../scores/bar";

/** The operations that are feasible here beside each other, and each with its cuts, its margin and its price. */
export function Operations() {
  const report = useCase().page.value?.report;
  if (!report) return null;
  return (
    <Section id="operations" title="Operations" note="margins rounded down; probabilities up">
      {report.unplanned && <p>{report.unplanned}.</p>}
      {report.compared.map((one) => (
        <Beside key={one.about} one={one} />
      ))}
      {report.plans.map((plan) => (
        <Sheet key={plan.about + plan.id} plan={plan} />
      ))}
    </Section>
  );
}

const HEADS = ["operation", "smallest margin", "tumour entered", "tumour left", "bone taken", "nerve roots", "levels", "approaches", "rules", "ready?"];

const Beside = ({ one }: { one: ComparedTable }) => (
  <>
    <h3 class="sub">{one.title}</h3>
    <div class="scroll" tabIndex={0} role="region" aria-label={one.title}>
      <table class="table compared">
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
            <Compared key={row.number} row={row} />
          ))}
        </tbody>
      </table>
    </div>
    {one.note && <p class="small quiet">{one.note}</p>}
    {one.refused.length > 0 && (
      <Fold title={`${one.refused.length} not feasible here`}>
        <ul class="small">
          {one.refused.map((each) => (
            <li key={each.name}>
              <strong>{each.name}</strong> {each.is_draft && <DraftWord />}: {each.because}
              {each.instead && <span class="quiet">; {each.instead}</span>}
            </li>
          ))}
          {one.instead.map((each) => (
            <li key={each} class="quiet">
              {each}
            </li>
          ))}
        </ul>
      </Fold>
    )}
  </>
);

const Compared = ({ row }: { row: ComparedRow }) => (
  <tr class={row.is_foremost ? "is-foremost" : ""}>
    <th scope="row">
      {row.number} {row.name} {row.is_draft && <DraftWord />}
      <p class="small quiet">
        {row.standing}
        {row.is_foremost && "; its cuts are drawn"}
        {row.feasibility !== "feasible" && `; ${row.feasibility}`}
      </p>
    </th>
    <td>
      <Loud degree={row.degree}>{row.margin}</Loud>
      {[row.margin_note, row.classes].filter(Boolean).map((each) => (
        <p key={each} class="small quiet">
          {each}
        </p>
      ))}
    </td>
    <td>
      <strong>{row.entry}</strong>
      {row.entry_by && <p class="small quiet">{row.entry_by}</p>}
    </td>
    {[row.tumour_left, row.bone, row.roots, row.levels, row.approaches].map((cell, nth) => (
      <td key={nth}>{cell}</td>
    ))}
    <td class="small">
      {row.supports.length > 0 && <p>for <RuleIds rules={row.supports} /></p>}
      {row.against.length > 0 && <p>against <RuleIds rules={row.against} /></p>}
      {row.held.length > 0 && <p><Loud degree="stop">holds</Loud> <RuleIds rules={row.held} /></p>}
      {row.open > 0 && <p class="quiet">{row.open} not excluded</p>}
    </td>
    <td>
      <span class="pill">{row.readiness}</span>
    </td>
  </tr>
);

const Sheet = ({ plan }: { plan: PlanSheet }) => (
  <Fold
    isOpen={plan.is_foremost && plan.cuts.length > 0}
    title={
      <>
        <strong>{plan.id}</strong> {plan.is_draft && <DraftWord />} <span class="quiet">{plan.cuts.length > 0 && `smallest margin ${plan.margin} · `}</span>
        <span class="pill">{plan.is_ready ? "READY" : "NOT READY"}</span>
      </>
    }
  >
    <p class="small">
      <strong>{plan.feasibility}</strong>: {plan.reasons.join("; ")}
    </p>
    {plan.gauge && (
      <p>
        <Loud degree={plan.degree}>Smallest margin {plan.margin}</Loud> <GaugeBar gauge={plan.gauge} /> <span class="small quiet">{plan.margin_note} · {plan.classes}</span>
      </p>
    )}
    {plan.warning && <p><Loud degree={plan.degree}>{plan.warning}</Loud></p>}
    {plan.is_foremost && plan.cuts.length > 0 && <PlanPlates about={plan.about} />}
    {plan.cuts.length > 0 && <Cuts plan={plan} />}
    {plan.not_ready.length > 0 && (
      <>
        <h4>Why it is not ready</h4>
        <ul class="small">{plan.not_ready.map((each) => <li key={each}>{each}</li>)}</ul>
      </>
    )}
    <div class="blocks">
      {plan.blocks.filter((each) => !each.is_aside).map((each) => (
        <Lines key={each.title} block={each} />
      ))}
    </div>
    {plan.blocks.filter((each) => each.is_aside).map((each) => (
      <Fold key={each.title} title={each.title}>
        <Lines block={each} isBare />
      </Fold>
    ))}
    {plan.conditions.length > 0 && <Fold title="It asks of the surgeon"><ul class="small">{plan.conditions.map((each) => <li key={each}>{each}</li>)}</ul></Fold>}
    {plan.not_computed.length > 0 && <Fold title="Not worked out by enbloc"><ul class="small">{plan.not_computed.map((each) => <li key={each}>{each}</li>)}</ul></Fold>}
  </Fold>
);

const Cuts = ({ plan }: { plan: PlanSheet }) => (
  <div class="scroll" tabIndex={0} role="region" aria-label={`Cuts of ${plan.id}`}>
    <table class="table small">
      <thead>
        <tr>{["cut", "tumour to cut", "kerf", "comes near to", "less bone possible?"].map((head) => <th key={head} scope="col">{head}</th>)}</tr>
      </thead>
      <tbody>
        {plan.cuts.map((cut) => (
          <tr key={cut.name}>
            <th scope="row">{cut.name}</th>
            <td><strong>{cut.margin}</strong> {cut.degree && <Loud degree={cut.degree}>{cut.warning}</Loud>} <span class="quiet">{cut.span}</span></td>
            <td>{cut.kerf}</td>
            <td>{cut.near.map((near) => <p key={near.structure}>{near.structure}: <Loud degree={near.degree}>{near.said}</Loud> {near.unseen}</p>)}</td>
            <td>{cut.proof}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const Lines = ({ block, isBare = false }: { block: Block; isBare?: boolean }) => (
  <div>
    {!isBare && <h4>{block.title}</h4>}
    <dl class="pairs small">
      {block.lines.map((line, nth) => (
        <>
          <dt key={nth}>{line.label}</dt>
          <dd>
            {line.degree && <Loud degree={line.degree}>{line.word}</Loud>} <span class={line.is_unknown ? "unknown-said" : ""}>{line.said}</span> {line.is_draft && <DraftWord />}
            {line.notes.map((note) => <p key={note} class="quiet">{note}</p>)}
          </dd>
        </>
      ))}
    </dl>
    {block.note && <p class="small quiet">{block.note}</p>}
  </div>
);
