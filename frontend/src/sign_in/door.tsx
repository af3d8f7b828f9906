import type { ComponentChildren } from "preact";
import "./sign_in.css";

/** The frame of the pages before anybody is known. */
export const Door = ({ title, isWide = false, children }: { title: string; isWide?: boolean; children: ComponentChildren }) => (
  <div class={isWide ? "door wide" : "door"}>
    <p class="brand">
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M2 2h12v4H2zM2 10h12v4H2z" fill="var(--accent)" />
        <path d="M4 7h8v2H4z" fill="var(--accent)" opacity="0.5" />
      </svg>
      enbloc
    </p>
    <p class="what">Spine tumours, from scans and record to a plan.</p>
    <h1>{title}</h1>
    {children}
    <p class="quiet small">Research use: confirm on the images.</p>
  </div>
);
