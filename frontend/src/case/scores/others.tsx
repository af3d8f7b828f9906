import { useCase } from "../open";
import { Fold, Section } from "../parts";
import { Card } from "./card";
import { resultOf } from "./totals";

/** The further instruments that this case can be read by, each folded under its result. */
export function Others() {
  const page = useCase().page.value;
  if (!page || page.other_scores.length === 0) return null;
  return (
    <Section id="others" title="Other instruments" note={`${page.other_scores.length} more; each is opened by its line`}>
      <div class="others">
        {page.other_scores.map((card) => (
          <Fold
            key={card.instrument + card.at}
            title={
              <>
                {card.name} <span class="other-result">{resultOf(card)}</span>{" "}
                <span class="quiet">{[card.out_of !== null && `of ${card.out_of}`, card.at, card.band].filter(Boolean).join(" · ")}</span>
              </>
            }
          >
            <Card card={card} />
          </Fold>
        ))}
      </div>
      {page.report.refused.map((line) => (
        <p key={line} class="small quiet">
          {line}
        </p>
      ))}
    </Section>
  );
}
