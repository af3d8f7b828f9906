import { Readings } from "@/look/values";

/** What the server makes of an examination: every result as the set of all words that it can still be. */
export interface Classified {
  right: OfSide;
  left: OfSide;
  neurological_level: string[];
  complete: string[];
  impairment: string[];
  flags?: string[];
}

interface OfSide {
  sensory_level: string[];
  motor_level: string[];
  sensory_zone: string[];
  motor_zone: string[];
  upper_motor: number | null;
  lower_motor: number | null;
  light_touch: number | null;
  pin_prick: number | null;
}

const MANY = 6;
const COMPLETE: Record<string, string> = { C: "complete", I: "incomplete" };

/** A set: up to a few words each, of more how many there are, from the highest to the lowest. */
const Set = ({ of }: { of: readonly string[] }) =>
  of.length <= MANY ? (
    <Readings of={of} />
  ) : (
    <span class="unknown-said" title={of.join(" · ")}>
      {of.length} possible, {of[0]} to {of.at(-1)}
    </span>
  );

const Total = ({ of, out }: { of: number | null; out: number }) =>
  of === null ? <span class="unknown-said">not determinable</span> : <span>{of} <span class="quiet">of {out}</span></span>;

/** Level, grade, zones and totals, beside the form and in words. */
export const Result = ({ result }: { result: Classified }) => (
  <div class="isncsci-result" aria-live="polite">
    <dl class="isncsci-main">
      <div>
        <dt>neurological level</dt>
        <dd>
          <Set of={result.neurological_level} />
        </dd>
      </div>
      <div>
        <dt>AIS</dt>
        <dd>
          <Set of={result.impairment} />
        </dd>
      </div>
      <div>
        <dt>completeness</dt>
        <dd>
          <Set of={result.complete.map((each) => COMPLETE[each] ?? each)} />
        </dd>
      </div>
    </dl>
    <table class="table small">
      <thead>
        <tr>
          <th scope="col">of each side</th>
          <th scope="col">right (R)</th>
          <th scope="col">left (L)</th>
        </tr>
      </thead>
      <tbody>
        {([["sensory level", "sensory_level"], ["motor level", "motor_level"], ["sensory zone (ZPP)", "sensory_zone"], ["motor zone (ZPP)", "motor_zone"]] as const).map(([words, name]) => (
          <tr key={name}>
            <th scope="row">{words}</th>
            <td>
              <Set of={result.right[name]} />
            </td>
            <td>
              <Set of={result.left[name]} />
            </td>
          </tr>
        ))}
        {([["upper extremity motor", "upper_motor", 25], ["lower extremity motor", "lower_motor", 25], ["light touch", "light_touch", 56], ["pin prick", "pin_prick", 56]] as const).map(([words, name, out]) => (
          <tr key={name}>
            <th scope="row">{words}</th>
            <td>
              <Total of={result.right[name]} out={out} />
            </td>
            <td>
              <Total of={result.left[name]} out={out} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    {result.flags?.map((flag) => (
      <p key={flag} class="small quiet">
        {flag}
      </p>
    ))}
  </div>
);
