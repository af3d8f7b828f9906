import { Dialog } from "@/look/dialog";
import { Sign } from "@/look/alarm";
import { DraftWord } from "@/look/values";
import { Confirm } from "./enter/confirm";
import { Enter } from "./enter/enter";
import { Overrule } from "./enter/overrule";
import { OverrideStop } from "./enter/override";
import { Viewer } from "./evidence/viewer";
import { IsncsciForm } from "./neurology/form";
import type { Rule } from "./nouns";
import { close, shows } from "./shows";
import { EditLesion } from "./story/edit_lesion";
import { EditNeurology } from "./story/edit_neurology";
import { EditStory } from "./story/edit_story";
import { EditTreatment } from "./story/edit_treatment";

/** The one thing that floats above the page. */
export function Dialogs() {
  const shown = shows.value;
  switch (shown?.kind) {
    case undefined: return null;
    case "evidence": return <Viewer key={shown.title} shown={shown} />;
    case "rule": return <RuleInFull rule={shown.rule} />;
    case "enter": return <Enter shown={shown} />;
    case "overrule": return <Overrule number={shown.number} />;
    case "override": return <OverrideStop held={shown.held} />;
    case "confirm": return <Confirm of={shown.of} />;
    case "lesion": return <EditLesion lesion={shown.lesion} />;
    case "treatment": return <EditTreatment treatment={shown.treatment} />;
    case "story": return <EditStory />;
    case "neurology": return <EditNeurology />;
    case "isncsci": return <IsncsciForm />;
  }
}

/** A rule with its words, its state here, its strength and its sources. */
const RuleInFull = ({ rule }: { rule: Rule }) => (
  <Dialog title={`${rule.id}, ${rule.about}`} onClose={close}>
    <div class={rule.is_draft ? "form draft" : "form"}>
      <p>
        <Sign degree={rule.degree} /> {rule.status} {rule.is_draft && <DraftWord />}
      </p>
      <p>{rule.statement}</p>
      <dl class="pairs">
        <dt>here</dt>
        <dd>{rule.because}</dd>
        <dt>to do</dt>
        <dd>{rule.do}</dd>
        {rule.ask && (
          <>
            <dt>ask</dt>
            <dd>{rule.ask}</dd>
          </>
        )}
        <dt>strength</dt>
        <dd>{rule.strength}</dd>
        <dt>checked</dt>
        <dd>{rule.checked}</dd>
        <dt>judged by</dt>
        <dd class="small quiet">{rule.read}</dd>
        <dt>sources</dt>
        <dd class="small">
          {rule.cites.map((cite) => (
            <p key={cite}>{cite}</p>
          ))}
        </dd>
      </dl>
    </div>
  </Dialog>
);
