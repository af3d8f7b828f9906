import { Sign } from "@/look/alarm";
import { DraftWord } from "@/look/values";
import type { Compared, SideBySide } from "../nouns";
import { useCase } from "../open";
import { Fold, Section } from "../parts";
import { counted } from "../words";
import { Lane, MonthAxis } from "./lane";

/** The survival instruments on one axis, each with whose patients it speaks of; drafts stand apart and are not counted. */
export function Survival() {
  const sides = useCase().page.value?.report.survival ?? [];
  if (sides.length === 0) return null;
  return (
    <Section id="survival" title="Survival, side by side" note="published figures of groups; never a reason by itself to refuse surgery">
      {sides.map((side) => (
        <Beside key={side.about} side={side} />
      ))}
    </Section>
  );
}

const Beside = ({ side }: { side: SideBySide }) => (
  <>
    <h3 class="sub">
      {side.about} {side.question && <span class="quiet small">{side.question}</span>}
    </h3>
    {side.refusal && <p>{side.refusal}</p>}
    {side.rows.length > 0 && <Horizons side={side} />}
    {side.era.map(([degree, words]) => (
      <p key={words} class="small flag">
        <Sign degree={degree} /> {words}
      </p>
    ))}
    {side.rows.length > 0 && (
      <div class="scroll" tabIndex={0} role="region" aria-label={`Instruments of ${side.about}`}>
        <div class="lanes" role="table" aria-label="Published survival by instrument">
          <div class="lane-row is-head" role="row">
            <span role="columnheader" class="small quiet">instrument, whose patients</span>
            <span role="columnheader">
              <MonthAxis />
            </span>
          </div>
          {side.rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </div>
      </div>
    )}
    {side.asks.length > 0 && (
      <p class="small">
        <strong>Would narrow it most:</strong> {side.asks.slice(0, 4).map((each) => each.words).join(" · ")}
      </p>
    )}
    {side.left_out.length > 0 && (
      <Fold title={`${counted(side.left_out.length, "reason")} why other instruments say nothing`}>
        <ul class="small">
          {side.left_out.map(([names, why]) => (
            <li key={names}>
              <strong>{names}</strong>: {why}
            </li>
          ))}
        </ul>
      </Fold>
    )}
  </>
);

/** What the instruments say together at each horizon, in counts and words. */
const Horizons = ({ side }: { side: SideBySide }) => (
  <ul class="horizons plain">
    {side.horizons.map((each) => (
      <li key={each.head} class={each.is_torn ? "horizon is-torn" : "horizon"} title={each.said}>
        <strong>{each.head}</strong>
        <span class="votes" role="img" aria-label={each.said}>
          {votes("yes", each.yes)}
          {votes("no", each.no)}
          {votes("open", each.open)}
        </span>
        <span class="small">
          {each.yes} yes · {each.no} no · {each.open} open {each.is_torn && <strong>· they disagree</strong>}
        </span>
      </li>
    ))}
  </ul>
);

const votes = (word: "yes" | "no" | "open", count: number) => Array.from({ length: count }, (_, nth) => <i key={word + nth} class={`vote is-${word}`} />);

const Row = ({ row }: { row: Compared }) => (
  <div class={row.is_draft ? "lane-row is-draft" : "lane-row"} role="row">
    <div role="rowheader" class="lane-who">
      <strong>{row.name}</strong> {row.result} {row.is_draft && <DraftWord />}
      <p class="small quiet">
        {row.cohort}
        {row.is_dated && " · before today's drugs"}
      </p>
    </div>
    <div role="cell">
      {row.lanes.map((lane) => (
        <Lane key={lane.words} lane={lane} />
      ))}
    </div>
  </div>
);
