import { useCase } from "../open";
import { Section } from "../parts";
import { Card } from "./card";
import { Plates } from "../evidence/plates";
import { Wheel } from "./wheel";

/** What a board decides by, with the pictures it was read from; below it, what describes the lesion. */
export function Scores() {
  const report = useCase().page.value?.report;
  if (!report) return null;
  return (
    <Section id="scores" title="Scores" note="click an item to see what it was read from">
      <Plates />
      <div class="cards">
        {report.scores.map((card) => (
          <Card key={card.instrument + card.at} card={card} />
        ))}
      </div>
      <div class="described">
        {report.extents.map((dial) =>
          dial.sectors ? (
            <Wheel key={dial.about} dial={dial} />
          ) : (
            <p key={dial.about} class="small">
              <strong>WBB</strong> lesion {dial.about}: <span class="unknown-said">sectors not known</span>, layers {dial.layers?.join(" · ") ?? "not known"}
            </p>
          ),
        )}
        <ul class="classes plain">
          {report.classes.map((card) => (
            <li key={card.instrument + card.at}>
              <p>
                <strong>
                  {card.name} {card.result || card.totals.join(" · ")}
                </strong>{" "}
                <span class="quiet small">{card.at}</span>
              </p>
              {card.band && <p class="small">{card.band}</p>}
              {card.also && <p class="small quiet">{card.also}</p>}
            </li>
          ))}
        </ul>
      </div>
      {report.use.map((line) => (
        <p key={line} class="small quiet">
          {line}
        </p>
      ))}
    </Section>
  );
}
