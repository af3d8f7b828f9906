import { Picture } from "@/case/evidence/picture";
import type { OptionRow, PictureRef, ScoreCard } from "@/case/nouns";
import { useCase } from "@/case/open";
import { resultOf } from "@/case/scores/totals";
import { DraftWord } from "@/look/values";
import { Loud } from "@/case/parts";
import { NotWorkedUp } from "./parts";

const MOST_OPTIONS = 4;

/** The case on one page: pictures, scores, options, and what nobody knows yet. */
export function OnePage() {
  const { page } = useCase();
  if (!page.value) return <NotWorkedUp />;
  const { report, pictures } = page.value;
  return (
    <div class="board-one">
      <div class="board-one-left">
        <Told />
        <div class="board-one-pictures">
          {firstTwo(pictures).map((each) => (
            <Picture key={each.name} picture={each} />
          ))}
        </div>
      </div>
      <div class="board-one-middle">
        {report.scores.map((card) => (
          <Brief key={card.instrument + card.at} card={card} />
        ))}
        <Extents />
      </div>
      <div class="board-one-right">
        <Leading options={report.options} />
        <Open />
      </div>
    </div>
  );
}

/** An axial and a sagittal, else the first there are. */
function firstTwo(pictures: readonly PictureRef[]): PictureRef[] {
  const slices = pictures.filter((each) => each.kind === "slice");
  const pair = [slices.find((each) => /axial/i.test(each.name)), slices.findLast((each) => /sagittal/i.test(each.name))];
  const found = pair.filter((each) => each !== undefined);
  return found.length ? found : pictures.slice(0, 2);
}

function Told() {
  const { view } = useCase();
  const held = view.value?.document;
  if (!held) return null;
  const { neurology, treatments } = held;
  const deficit = neurology.deficit === null || neurology.deficit === undefined ? null : neurology.deficit ? "deficit" : "no deficit";
  return (
    <section class="board-told">
      <p dir="auto">{held.story || <span class="unknown-said">no story is written</span>}</p>
      <p>
        <span class="quiet">neurology </span>
        {deficit ?? <span class="unknown-said">deficit unknown</span>} · {neurology.ais ? `AIS ${neurology.ais}` : <span class="unknown-said">AIS unknown</span>} ·{" "}
        {neurology.ambulation ? `walks ${neurology.ambulation}` : <span class="unknown-said">ambulation unknown</span>}
      </p>
      <p>
        <span class="quiet">treated </span>
        {treatments.map((each) => `${each.what} (${each.started ?? "day unknown"})`).join(" · ") || <span class="unknown-said">nothing recorded</span>}
      </p>
    </section>
  );
}

const Brief = ({ card }: { card: ScoreCard }) => (
  <article class="board-brief">
    <h3>
      {card.name} <span class="board-big">{resultOf(card)}</span>
    </h3>
    <p>
      {card.band} {card.why && <span class="quiet">({card.why})</span>}
    </p>
    <ul class="board-items plain">
      {card.marks.map((mark) => (
        <li key={mark.name}>
          <span class={`points is-${mark.state}`}>{mark.state === "unknown" ? "?" : mark.points.join(" · ") || mark.reading}</span> {mark.name}
        </li>
      ))}
    </ul>
  </article>
);

function Extents() {
  const report = useCase().page.value?.report;
  return (
    <p class="board-classes">
      {report?.extents.map((dial) => (
        <span key={dial.about}>
          <strong>WBB</strong> {dial.sectors ? dial.sectors.join(" · ") : <span class="unknown-said">sectors not known</span>}, layers {dial.layers?.join(" ") ?? <span class="unknown-said">not known</span>}
        </span>
      ))}
      {report?.classes.map((card) => (
        <span key={card.instrument + card.at}>
          <strong>{card.name}</strong> {resultOf(card)}
        </span>
      ))}
    </p>
  );
}

const Leading = ({ options }: { options: readonly OptionRow[] }) => (
  <section>
    <h3>Options</h3>
    <ol class="board-leading plain">
      {options.slice(0, MOST_OPTIONS).map(({ number, choice, margin, degree }) => (
        <li key={number} class={choice.is_leading ? "is-leading" : ""}>
          <span class="quiet">{number}</span>
          <span>
            {choice.is_leading && <strong class="leads">LEADS</strong>} <strong>{choice.words}</strong> {choice.is_draft && <DraftWord />}
            <span class="board-beneath">
              {!choice.is_leading && choice.standing} {margin && <Loud degree={degree}>margin {margin}</Loud>}
            </span>
          </span>
        </li>
      ))}
    </ol>
    {options.length > MOST_OPTIONS && <p class="quiet">and {options.length - MOST_OPTIONS} more: ↓ Options</p>}
  </section>
);

const MOST_ASKS = 2;

function Open() {
  const counsel = useCase().page.value?.report.counsel;
  if (!counsel) return null;
  return (
    <>
      {counsel.nearest.slice(0, 2).map((each) => (
        <section key={each.about + each.words} class="board-nearest">
          <h3>What would change it</h3>
          <p>{each.words}</p>
        </section>
      ))}
      <section>
        <h3>Not known</h3>
        <p>
          {counsel.missing.length === 0 && <span class="quiet">Nothing is asked for.</span>}
          {counsel.missing.slice(0, MOST_ASKS).join(" · ")}
          {counsel.missing.length > MOST_ASKS && <span class="quiet"> and {counsel.missing.length - MOST_ASKS} more</span>}
        </p>
      </section>
    </>
  );
}
