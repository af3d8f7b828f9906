import { Sign } from "@/look/alarm";
import type { Mark, ScoreCard } from "../nouns";
import { useCase } from "../open";
import { Fold } from "../parts";
import { show, type Shown } from "../shows";
import { GaugeBar } from "./bar";
import { resultOf, Totals } from "./totals";

/** One instrument: its number or set, its band, and its items as a row of marks that open their evidence. */
export function Card({ card }: { card: ScoreCard }) {
  return (
    <article class="card score" aria-label={`${card.name}, ${card.at}`}>
      <header>
        <h3>
          {card.name} <span class="score-result">{resultOf(card)}</span>
          {card.out_of !== null && <span class="quiet small"> of {card.out_of}</span>}
        </h3>
        <span class="quiet small">{card.at}</span>
      </header>
      <Totals card={card} />
      <p>
        {card.band && <strong>{card.band}</strong>}
        {card.why && <span class="quiet"> ({card.why})</span>}
      </p>
      {card.reported && <p class="small quiet">{card.reported}</p>}
      {card.marks.length > 0 && (
        <ol class="marks plain" aria-label={`Items of ${card.name}`}>
          {card.marks.map((mark) => (
            <li key={mark.name}>
              <ItemMark mark={mark} card={card} />
            </li>
          ))}
        </ol>
      )}
      {card.flags.map((flag) => (
        <p key={flag} class="small flag">
          <Sign degree="caution">caution</Sign> {flag}
        </p>
      ))}
      {(card.also || card.cites.length > 0) && (
        <Fold title="Other readings and sources">
          {card.also && <p class="small">{card.also}</p>}
          {card.cites.map((cite) => (
            <p key={cite} class="small quiet">
              {cite}
            </p>
          ))}
          <p class="small quiet">{card.version}</p>
        </Fold>
      )}
    </article>
  );
}

/** One item: the points it can have, how it is read, and the numbers behind it. */
function ItemMark({ mark, card }: { mark: Mark; card: ScoreCard }) {
  const { may } = useCase();
  const isUnknown = mark.state === "unknown";
  const about = /^lesion ([A-Z]{1,2})/.exec(card.at)?.[1] ?? "patient";
  const evidence = mark.facts.length > 0;
  const opened = useOpened(mark, card, about);
  return (
    <div class={`mark is-${mark.state}`}>
      <button type="button" class="mark-open" disabled={!opened} onClick={() => opened && show(opened)} title={evidence ? "Open the evidence" : opened?.kind === "lesion" ? "Open the lesion, which says it" : "Enter it"}>
        <span class={`points is-${mark.state}`}>{isUnknown ? "?" : mark.points.join(" · ") || mark.reading}</span>
        <span class="mark-name">{mark.name}</span>
        <span class="mark-read">
          {isUnknown ? <span class="unknown-said">not known</span> : mark.points.length > 0 && mark.reading} <span class="quiet small">{isUnknown ? mark.points.length > 0 && `${mark.points.join(" · ")} possible` : mark.state}</span>
        </span>
      </button>
      <div class="mark-numbers">
        {mark.gauges.map((gauge) => (
          <span key={gauge.place} class="mark-number">
            <span class="quiet small">{gauge.label}</span> <strong>{gauge.said}</strong> <GaugeBar gauge={gauge} />
          </span>
        ))}
      </div>
      {isUnknown && (
        <p class="mark-ask small">
          <span class="quiet">{mark.ask ? "ask:" : "not asked for: the result stands without it"}</span> {mark.ask}
          {may("enter") && mark.enter && (
            <button type="button" class="button compact screen-only" onClick={() => show({ kind: "enter", fact: mark.enter, about, words: mark.ask })}>
              Enter
            </button>
          )}
        </p>
      )}
    </div>
  );
}

/** What an item opens: what it was read from, the lesion whose record says it, or the field for it; nothing where there is none. */
function useOpened(mark: Mark, card: ScoreCard, about: string): Shown | null {
  const { may, document, page } = useCase();
  if (mark.facts.length > 0) return { kind: "evidence", title: `${card.name} · ${mark.name}`, facts: mark.facts };
  if (!may("enter")) return null;
  if (mark.enter !== "") return { kind: "enter", fact: mark.enter, about, words: mark.ask || mark.name };
  const isScore = page.value?.report.scores.some((each) => each.name === mark.name); // its own card stands on the page
  const lesions = document.value?.lesions ?? [];
  const lesion = lesions.find((each) => each.id === about) ?? (about === "patient" ? lesions[0] : undefined);
  return mark.state === "entered" && lesion && !isScore ? { kind: "lesion", lesion } : null;
}
