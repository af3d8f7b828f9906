import { Alarm, Sign, isDegree } from "@/look/alarm";
import { Interval } from "@/look/values";
import type { Margin, Operation, Risk, Stop } from "../nouns";
import { degreeOfMargin, nearWords, tooNear } from "./degree";
import type { Planning } from "./planning";
import { besides, marginWords, readiness, riskWords, spanWords, type Beside } from "./words";

const SCALE_MM = [-2, 10] as const; // at least; a margin beyond it makes it longer

/** What the plan says of the operation as it stands: with cuts that were moved, as searched and as dragged beside each other. */
export function amountsOf(operation: Operation, planning: Planning) {
  const { answer, planes } = planning.standing.value;
  const isDragged = planes.size > 0 && answer !== null;
  const now = isDragged ? answer : operation;
  return { isDragged, now, margin: isDragged ? (answer.margin ?? null) : operation.margin, isReady: now.is_ready };
}

/** The smallest margin, its interval, what bounds it, the class, and how likely the tumour is entered. */
export function MarginBlock({ operation, planning, onPlace }: { operation: Operation; planning: Planning; onPlace: (margin: Margin) => void }) {
  const { isDragged, now, margin, isReady } = amountsOf(operation, planning);
  const waits = planning.isBehind.value || !planning.isCurrent.value;
  if (!margin) return <p class="quiet">Not in one piece: this operation has no margin.</p>;
  const degree = degreeOfMargin(margin);
  const words = `${marginWords(margin)}, ${spanWords(margin)} if every surface moves by its error`;
  return (
    <div class={waits ? "bench-margin is-behind" : "bench-margin"} aria-busy={waits}>
      <p class="bench-margin-line">
        <span class="bench-number" data-seq={planning.standing.value.answer?.seq ?? 0}>{degree ? <Sign degree={degree}>{marginWords(margin)}</Sign> : marginWords(margin)}</span>
        <Interval value={margin.mm} low={margin.low} high={margin.high} from={Math.min(SCALE_MM[0], margin.low)} to={Math.max(SCALE_MM[1], margin.high)} cutOffs={[0]} words={words} />
        <span class="small quiet">{spanWords(margin)}</span>
        <span class={isReady ? "pill bench-is-ready" : "readiness is-not bench-is-ready"}>{readiness(now)}</span>
      </p>
      {isDragged && operation.margin && marginWords(operation.margin) !== marginWords(margin) && <p class="small"><span class="quiet">as searched</span> <s class="struck">{marginWords(operation.margin)}</s></p>}
      <p class="small">
        smallest margin, to{" "}
        <button type="button" class="link" onClick={() => onPlace(margin)}>
          {margin.barrier}
        </button>{" "}
        · {now.classes.join(" or ")}
      </p>
      {now.judged.map((each) => (
        <p key={each} class="small quiet">
          {each}
        </p>
      ))}
      <Entries before={isDragged ? operation.risks : null} now={now.risks} />
    </div>
  );
}

const Entries = ({ before, now }: { before: readonly Risk[] | null; now: readonly Risk[] }) => (
  <table class="table small bench-entries">
    <caption class="unseen">Probability of entering tumour</caption>
    <tbody>
      {now.map((risk) => {
        const earlier = before?.find((each) => each.method === risk.method);
        return (
          <tr key={risk.method}>
            <th scope="row">tumour entered, {risk.method}</th>
            <td class="number">
              {earlier && earlier.words !== risk.words && <s class="struck">{earlier.words}</s>}
              <strong>{riskWords(risk)}</strong>
            </td>
          </tr>
        );
      })}
    </tbody>
  </table>
);

/** What a cut that was moved has come to: told first and at once, before any number. */
export function Against({ operation, planning }: { operation: Operation; planning: Planning }) {
  const { isDragged, now } = amountsOf(operation, planning);
  const near = tooNear(now.clearances);
  const against = isDragged ? (planning.standing.value.answer?.against ?? []) : [];
  const fresh = isDragged ? now.stops.filter((each) => !operation.stops.some((before) => before.rule === each.rule && before.words === each.words)) : [];
  if (near.length + against.length + fresh.length === 0) return null;
  const title = near.length ? "A cut comes to what blades keep away from" : against.length ? "No resection in one piece any more" : "The cuts as they are now bring a stop";
  return (
    <Alarm degree="stop" title={title}>
      <ul class="small">
        {near.map((each) => (
          <li key={each.structure}>{nearWords(each)}</li>
        ))}
        {against.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <Stops stops={fresh} />
    </Alarm>
  );
}

/** What makes it no plan to be carried out: every stop by its rule, and what else is open. */
export function NotReady({ operation, planning }: { operation: Operation; planning: Planning }) {
  const { now, isReady } = amountsOf(operation, planning);
  const open = [...operation.borderline, ...now.not_ready];
  if (isReady) return <p><span class="pill">READY</span> <span class="small quiet">nothing stands in the way of showing it to the board</span></p>;
  return (
    <section class="bench-not-ready" aria-label="What keeps it from ready">
      {now.stops.length > 0 && (
        <Alarm degree="stop" isAnnounced={false} title={`${now.stops.length === 1 ? "1 stop" : `${now.stops.length} stops`}: resolved, or overridden by name, before it is ready`}>
          <Stops stops={now.stops} />
        </Alarm>
      )}
      {open.length > 0 && (
        <Alarm degree="caution" title="Also keeps it from ready">
          <ul class="small">
            {open.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Alarm>
      )}
    </section>
  );
}

const Stops = ({ stops }: { stops: readonly Stop[] }) => (
  <ul class="small plain bench-stops">
    {stops.map((stop) => (
      <li key={`${stop.rule} ${stop.words}`} data-rule={stop.rule}>
        <strong class="bench-stop-rule">{stop.rule}</strong> {stop.words} <span class="quiet">{stop.do}</span>
      </li>
    ))}
  </ul>
);

/** What it takes, line by line; changed lines say what they were. */
export function Price({ operation, planning }: { operation: Operation; planning: Planning }) {
  const { now } = amountsOf(operation, planning);
  const lines = besides(operation.price, now.price);
  return (
    <dl class="pairs small bench-price">
      {lines.map((line) => (
        <PriceLine key={line.label} line={line} />
      ))}
    </dl>
  );
}

const PriceLine = ({ line }: { line: Beside }) => (
  <>
    <dt class={line.isChanged ? "is-changed" : ""}>{line.label}</dt>
    <dd class={line.isChanged ? "is-changed" : ""}>
      {line.isChanged && <s class="struck">{line.before}</s>}
      {isDegree(line.degree) ? <Sign degree={line.degree}>{line.now}</Sign> : <span class={line.isUnknown ? "unknown-said" : ""}>{line.now}</span>}
      {line.notes.map((note) => (
        <p key={note} class="quiet">
          {note}
        </p>
      ))}
    </dd>
  </>
);

/** How near the cuts come to cord, dura, roots and vessels. */
export function Clearances({ operation, planning }: { operation: Operation; planning: Planning }) {
  const { isDragged, now } = amountsOf(operation, planning);
  if (now.clearances.length === 0) return null;
  return (
    <details class="fold" open={isDragged}>
      <summary>How near {isDragged ? "the moved cut comes" : "the cuts come"} to what blades keep away from</summary>
      <ul class="small folded plain">
        {now.clearances.map((each, nth) => (
          <li key={nth}>{each.is_kept === false && !each.is_shielded ? <Sign degree="stop">{nearWords(each)}</Sign> : <span class={each.mm === null ? "unknown-said" : ""}>{nearWords(each)}</span>}</li>
        ))}
      </ul>
    </details>
  );
}
