import type { ComponentChildren } from "preact";
import { Shape, Sign } from "@/look/alarm";
import { DraftWord } from "@/look/values";
import type { Rule } from "./nouns";
import { show } from "./shows";

interface SectionProps {
  id: string;
  title: string;
  /** Beside the title, quiet: a count, or what it is about. */
  note?: ComponentChildren;
  action?: ComponentChildren;
  children: ComponentChildren;
}

/** A part of the page under a heading that keys and links jump to. */
export const Section = ({ id, title, note, action, children }: SectionProps) => (
  <section id={id} class="part" aria-labelledby={`${id}-title`} tabIndex={-1}>
    <header class="part-head">
      <h2 id={`${id}-title`}>{title}</h2>
      {note !== undefined && <span class="quiet small">{note}</span>}
      {action && <span class="part-action screen-only">{action}</span>}
    </header>
    {children}
  </section>
);

/** A rule by its id; a click tells it in full. A draft is dotted and says so. */
export const RuleId = ({ rule }: { rule: Rule }) => (
  <span class="rule-id">
    <button type="button" class="link" onClick={() => show({ kind: "rule", rule })} title={rule.statement}>
      {rule.id}
    </button>
    {rule.is_draft && <DraftWord />}
  </span>
);

export const RuleIds = ({ rules }: { rules: readonly Rule[] }) => (
  <span class="rule-ids">
    {rules.map((rule) => (
      <RuleId key={rule.id + rule.about} rule={rule} />
    ))}
  </span>
);

/** A small sign with the shape of a degree, where the word stands beside it anyway. */
export const Loud = ({ degree, children }: { degree: Rule["degree"] | null; children: ComponentChildren }) =>
  degree ? <Sign degree={degree}>{children}</Sign> : <strong>{children}</strong>;

export const Bullet = ({ degree }: { degree: Rule["degree"] }) => <Shape degree={degree} />;

/** What is folded away under a line. */
export const Fold = ({ title, children, isOpen = false }: { title: ComponentChildren; children: ComponentChildren; isOpen?: boolean }) => (
  <details class="fold" open={isOpen}>
    <summary>{title}</summary>
    <div class="folded">{children}</div>
  </details>
);

/** A button that looks like what it opens. */
export const Small = ({ onClick, children, label }: { onClick: () => void; children: ComponentChildren; label?: string }) => (
  <button type="button" class="button plain compact" onClick={onClick} aria-label={label}>
    {children}
  </button>
);
