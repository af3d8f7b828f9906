import type { ComponentChildren } from "preact";
import { Sign } from "./alarm";

/** Something is on its way; the words appear only if it takes longer than a blink. */
export const Waiting = ({ children = "Loading …" }: { children?: ComponentChildren }) => (
  <p class="waiting" role="status">
    <span>{children}</span>
  </p>
);

interface StateProps {
  title: string;
  children?: ComponentChildren;
}

/** There is nothing yet, and what to do next. */
export const Empty = ({ title, children }: StateProps) => (
  <div class="state calm">
    <h2>{title}</h2>
    {children}
  </div>
);

/** The role does not allow it; said calmly, with who may. */
export const NotAllowed = ({ title = "Your role does not open this page.", children }: { title?: string; children?: ComponentChildren }) => (
  <div class="state closed">
    <Sign degree="note">not open to you</Sign>
    <h1>{title}</h1>
    <p class="quiet">{children ?? "An administrator of your centre can change what your role allows."}</p>
    <a class="button" href="/">
      Back to the start
    </a>
  </div>
);

interface FailedProps {
  title: string;
  remedy?: string;
  onRetry?: () => void;
}

/** Something failed: what, and the remedy. */
export const Failed = ({ title, remedy = "", onRetry }: FailedProps) => (
  <div class="state failed" role="alert">
    <Sign degree="caution">failed</Sign>
    <h2>{title}</h2>
    {remedy && <p>{remedy}</p>}
    {onRetry && (
      <button type="button" class="button" onClick={onRetry}>
        Try again
      </button>
    )}
  </div>
);
