import { Fragment, type ComponentChildren } from "preact";

/** A set of readings as dots, never a range: "11 · 12 · 14". */
export const Readings = ({ of }: { of: readonly (string | number)[] }) => (
  <span class="set">
    {of.map((reading, nth) => (
      <Fragment key={nth}>
        {nth > 0 && <i aria-hidden="true">·</i>}
        {nth > 0 && <span class="unseen"> or </span>}
        <span>{reading}</span>
      </Fragment>
    ))}
  </span>
);

export type Kind = "measured" | "entered" | "recorded" | "overruled";

/** A value in the form of where it comes from; of an overruled one both are shown, the measured one struck lightly. */
export const Value = ({ kind, shown, overruled = "" }: { kind: Kind; shown: string; overruled?: string }) => (
  <span>
    {overruled && (
      <s class="struck">
        <span class="unseen">measured, overruled: </span>
        {overruled}
      </s>
    )}
    <span class={`value ${kind}`} title={kind}>
      {shown}
    </span>
  </span>
);

/** Unknown has its own look and says what to ask for; it is never a grey zero. */
export const NotKnown = ({ ask }: { ask?: string }) => (
  <span>
    <span class="unknown-said">unknown</span>
    {ask && <span class="quiet"> · {ask}</span>}
  </span>
);

/** A rule whose source nobody has checked yet. */
export const DraftWord = () => <span class="draft-word">draft</span>;

interface IntervalProps {
  value?: number;
  low: number;
  high: number;
  /** The ends of the scale. */
  from: number;
  to: number;
  cutOffs?: readonly number[];
  /** What the drawing says, in words. */
  words: string;
}

const WIDTH = 104;

/** An interval as a bar, its value as a dot, and the cut-offs as hairlines. */
export const Interval = ({ value, low, high, from, to, cutOffs = [], words }: IntervalProps) => {
  const at = (each: number) => 2 + ((Math.min(Math.max(each, from), to) - from) / (to - from || 1)) * (WIDTH - 4);
  return (
    <svg class="interval" viewBox={`0 0 ${WIDTH} 18`} role="img" aria-label={words}>
      <line class="axis" x1="2" x2={WIDTH - 2} y1="9" y2="9" />
      <line class="spread" x1={at(low)} x2={Math.max(at(high), at(low) + 1)} y1="9" y2="9" />
      {cutOffs.map((cut) => (
        <line key={cut} class="cut-off" x1={at(cut)} x2={at(cut)} y1="1" y2="17" />
      ))}
      {value !== undefined && <circle class="spot" cx={at(value)} cy="9" r="3" />}
    </svg>
  );
};

const ORIGINS: Record<string, [string, string]> = {
  painted: ["PAINTED DATA", "a lesion painted into a real scan, not a patient's disease"],
  phantom: ["PHANTOM", "made from equations, not a patient"],
  invented: ["INVENTED", "a record made up to learn from, not a patient"],
};

/** What is not a patient says so on every view; nothing for a patient. */
export const OriginBanner = ({ origin }: { origin: string }) => {
  const said = ORIGINS[origin];
  return said ? (
    <p class="banner" role="note">
      {said[0]} – {said[1]}
    </p>
  ) : null;
};

/** The same in a row of a list. */
export const OriginStamp = ({ origin }: { origin: string }) => {
  const said = ORIGINS[origin];
  return said ? (
    <span class="stamp" title={said[1]}>
      {said[0]}
    </span>
  ) : null;
};

/** How far something has come; the words say it too. */
export const Progress = ({ done, of, words }: { done: number; of: number; words: string }) => (
  <div class="progress" role="progressbar" aria-label={words} aria-valuemin={0} aria-valuemax={of || 1} aria-valuenow={done}>
    <span style={{ "--share": of ? String(done / of) : "0" }} />
  </div>
);

/** A key of the keyboard. */
export const Key = ({ children }: { children: ComponentChildren }) => <kbd class="key">{children}</kbd>;
