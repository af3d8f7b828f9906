import { Shape } from "@/look/alarm";
import { DraftWord } from "@/look/values";
import type { Held, Override } from "../nouns";
import { useCase } from "../open";
import { Fold, RuleId, Section } from "../parts";
import { show } from "../shows";
import { aboutWords } from "../words";
import { Clock } from "./clock";

/** Every stop that holds and every urgent rule, in full: what to do, why, till when, and who may go on all the same. */
export function Alarms() {
  const counsel = useCase().page.value?.report.counsel;
  if (!counsel) return null;
  const { held, urgent, waiting } = counsel;
  return (
    <Section id="resolve" title="What must be resolved" note={`${held.length} ${held.length === 1 ? "stop" : "stops"}, ${urgent.length} urgent`}>
      <div class="alarms">
        {[...held, ...urgent].map((one) => (
          <Loud key={one.rule.id + one.rule.about + one.of} one={one} />
        ))}
        <Overridden />
        {held.length + urgent.length === 0 && <p class="quiet">No stop holds and nothing is urgent by the rules, as far as the record goes.</p>}
      </div>
      {waiting && (
        <p class="may-be small">
          <Shape degree="urgent" /> <strong>may be urgent once known:</strong> {waiting}
        </p>
      )}
      <CannotBeExcluded />
    </Section>
  );
}

function Loud({ one }: { one: Held }) {
  const { rule, of, clock } = one;
  const { may } = useCase();
  return (
    <article id={`rule-${rule.id}`} class={`alarm ${rule.degree} ${rule.is_draft ? "is-draft" : ""}`} tabIndex={-1}>
      <p class="alarm-line">
        <span class={`sign ${rule.degree}`}>
          <Shape degree={rule.degree} />
          {rule.degree.toUpperCase()}
        </span>
        <RuleId rule={rule} />
        <strong>{rule.do}</strong>
        <Clock words={clock} />
      </p>
      <p class="small quiet alarm-why">
        <span>
          {of && `Concerns ${of}. `}
          {rule.because} ({rule.about})
        </span>
        {rule.degree === "stop" && may("override") && (
          <button type="button" class="button compact danger screen-only" onClick={() => show({ kind: "override", held: one })}>
            Override by name …
          </button>
        )}
      </p>
    </article>
  );
}

/** Stops that somebody overrode by name, also those that are not saved yet; the stop stays on the page. */
const Overridden = () => (
  <>
    {useCase().document.value?.overrides.map((one) => (
      <OverriddenOne key={one.stop + one.about + one.act} one={one} />
    ))}
  </>
);

function OverriddenOne({ one }: { one: Override }) {
  const { page, view, may, edit } = useCase();
  const asked = page.value?.report.counsel.overrides.find((each) => each.stop === one.stop)?.do;
  const isSaved = view.value?.document.overrides.some((each) => each.stop === one.stop && each.about === one.about && each.act === one.act && each.because === one.because);
  return (
    <article class="alarm stop is-overridden">
      <p class="alarm-line">
        <span class="sign stop">
          <Shape degree="stop" /> OVERRIDDEN
        </span>
        <strong>{one.stop}</strong> by {one.by}, {one.on}{" "}
        <span class="quiet">
          ({aboutWords(one.about)}, {one.act || "every act"})
        </span>
        {!isSaved && <span class="unsaved">not saved</span>}
      </p>
      <p class="small alarm-why">
        <span dir="auto">
          “{one.because}”{asked && <span class="quiet"> The stop still asks: {asked}</span>}
        </span>
        {may("override") && (
          <button type="button" class="button compact screen-only" onClick={() => edit({ kind: "override", stop: one.stop, about: one.about, act: one.act, because: null })}>
            Take it back
          </button>
        )}
      </p>
    </article>
  );
}

/** Stops that nobody can exclude yet, by what to ask for. */
function CannotBeExcluded() {
  const topics = useCase().page.value?.report.counsel.open ?? [];
  const count = topics.reduce((sum, each) => sum + each.stops.length, 0);
  if (count === 0) return null;
  return (
    <Fold title={`${count} more ${count === 1 ? "stop" : "stops"} cannot be excluded yet`}>
      <dl class="open-stops small">
        {topics.map((each) => (
          <>
            <dt>{each.topic}</dt>
            <dd>
              {each.stops.map((stop) => (
                <p key={stop.id}>
                  <strong>{stop.id}</strong> {stop.is_draft && <DraftWord />} {stop.of && <span class="quiet">({stop.of}) </span>}
                  {stop.questions.join(" · ")}
                </p>
              ))}
            </dd>
          </>
        ))}
      </dl>
    </Fold>
  );
}
