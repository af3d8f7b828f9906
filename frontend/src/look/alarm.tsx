import type { ComponentChildren } from "preact";

export type Degree = "stop" | "urgent" | "caution" | "note";

/** On a field of 16 by 16; the font has no such signs, so they are drawn (as in `enbloc.present.tokens`). */
const SHAPES: Record<Degree, string> = {
  stop: "M1.5 1.5H14.5V14.5H1.5Z",
  urgent: "M8 1L15.5 14.5H0.5Z",
  caution: "M8 0.5L15.5 8L8 15.5L0.5 8Z",
  note: "M8 1.5A6.5 6.5 0 1 1 8 14.5A6.5 6.5 0 1 1 8 1.5Z",
};

export const DEGREES = Object.keys(SHAPES) as Degree[];

export const isDegree = (word: string): word is Degree => word in SHAPES;

/** The drawn shape alone; it always stands beside its word. */
export const Shape = ({ degree }: { degree: Degree }) => (
  <svg viewBox="0 0 16 16" class={`shape ${degree}`} aria-hidden="true">
    <path d={SHAPES[degree]} fill="currentColor" />
  </svg>
);

/** Shape and word of a degree: "■ stop". */
export const Sign = ({ degree, children }: { degree: Degree; children?: ComponentChildren }) => (
  <span class={`sign ${degree}`}>
    <Shape degree={degree} />
    {children ?? degree}
  </span>
);

interface AlarmProps {
  degree: Degree;
  title?: ComponentChildren;
  /** Read out at once by a screen reader. */
  isAnnounced?: boolean;
  children?: ComponentChildren;
}

/** A framed alarm: what it is, and below it what to do. */
export const Alarm = ({ degree, title, isAnnounced = degree === "stop", children }: AlarmProps) => (
  <div class={`alarm ${degree}`} role={isAnnounced ? "alert" : undefined}>
    <Sign degree={degree}>{title}</Sign>
    {children}
  </div>
);
