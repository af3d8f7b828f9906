import type { Mark, ScoreCard } from "@/case/nouns";
import { useCase } from "@/case/open";
import { GaugeBar } from "@/case/scores/bar";
import { resultOf, Totals } from "@/case/scores/totals";
import { Wheel } from "@/case/scores/wheel";
import { Sign } from "@/look/alarm";

/** What a board decides by, item by item, with the interval of each number. */
export function ScoresView() {
  const report = useCase().page.value?.report;
  if (!report) return null;
  return (
    <div class="board-scores">
      {report.scores.map((card) => (
        <Card key={card.instrument + card.at} card={card} />
      ))}
      {report.extents.filter((dial) => dial.sectors).map((dial) => (
        <div key={dial.about} class="board-score">
          <Wheel dial={dial} />
        </div>
      ))}
    </div>
  );
}

const Card = ({ card }: { card: ScoreCard }) => (
  <article class="board-score" aria-label={`${card.name}, ${card.at}`}>
    <h3>
      {card.name} <span class="board-big">{resultOf(card)}</span> {card.out_of !== null && <span class="quiet">of {card.out_of}</span>} <span class="quiet board-at">{card.at}</span>
    </h3>
    <Totals card={card} />
    <p>
      <strong>{card.band}</strong> {card.why && <span class="quiet">({card.why})</span>}
    </p>
    <ul class="board-marks plain">
      {card.marks.map((mark) => (
        <Item key={mark.name} mark={mark} />
      ))}
    </ul>
    {card.flags.map((flag) => (
      <p key={flag}>
        <Sign degree="caution">caution</Sign> {flag}
      </p>
    ))}
  </article>
);

const Item = ({ mark }: { mark: Mark }) => {
  const isUnknown = mark.state === "unknown";
  return (
    <li>
      <span class={`points is-${mark.state}`}>{isUnknown ? "?" : mark.points.join(" · ") || mark.reading}</span>
      <span class="quiet">{mark.name}</span>
      <span>
        {isUnknown ? <span class="unknown-said">not known</span> : mark.points.length > 0 && mark.reading} {isUnknown && mark.ask && <span class="quiet">ask: {mark.ask}</span>}
        {mark.gauges.map((gauge) => (
          <span key={gauge.place} class="board-gauge">
            <strong>{gauge.said}</strong> <GaugeBar gauge={gauge} />
          </span>
        ))}
      </span>
    </li>
  );
};
