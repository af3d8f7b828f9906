import "@/case/case.css";
import "./panels.css";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Alarm } from "@/look/alarm";
import { useKeys } from "@/shell/keys";
import { may } from "@/shell/session";
import type { Bench } from "./bench";
import { changes } from "./measures/changed";
import { Measures } from "./measures/panel";
import { Plans } from "./plans/panel";
import type { Planning } from "./plans/planning";
import { SaveBar } from "./save/bar";
import { Structures } from "./structures/panel";
import type { Shares } from "./structures/shown";
import type { Millimetres } from "./viewer/viewer";

interface PanelsProps {
  bench: Bench;
  planning: Planning;
  shares: Shares;
  /** Look at a place in every pane. */
  onPlace: (at: Millimetres) => void;
}

const TABS = [
  ["plans", "Plans", "P"],
  ["measures", "Measures", "M"],
  ["structures", "Structures", "L"],
] as const;

type Tab = (typeof TABS)[number][0];

/** The right-hand column: plans, measures and structures, one at a time; confirmation and saving stay below. */
export function Panels({ bench, planning, shares, onPlace }: PanelsProps) {
  const tab = useSignal<Tab>("plans");
  const choose = (next: Tab) => {
    tab.value = next;
    document.getElementById(`bench-tab-${next}`)?.focus();
  };
  useKeys(TABS.map(([of, words, key]) => ({ keys: [key], words: words.toLowerCase(), does: () => choose(of) })), [bench]);
  useWarning(bench);
  return (
    <div class="bench-column">
      <Tabs tab={tab.value} onChoose={choose} changed={changes(bench.measures.value, bench.unsaved.value.before)} />
      <Panel of={tab.value}>
        {tab.value === "plans" && <Plans bench={bench} planning={planning} onPlace={onPlace} />}
        {tab.value === "measures" && <Measures bench={bench} onPlace={onPlace} />}
        {tab.value === "structures" && <Structures bench={bench} shares={shares} mayEdit={may("enter")} />}
      </Panel>
      {bench.fault.value && <Alarm degree="caution" title={bench.fault.value.title} isAnnounced>{bench.fault.value.remedy}</Alarm>}
      <SaveBar bench={bench} planning={planning} />
      <p class="unseen" aria-live="polite">
        {bench.said.value}
      </p>
    </div>
  );
}

const Panel = ({ of, children }: { of: Tab; children: ComponentChildren }) => (
  <div key={of} id={`bench-panel-${of}`} class="bench-panel" role="tabpanel" aria-labelledby={`bench-tab-${of}`} tabIndex={0}>
    {children}
  </div>
);

/** One stop of Tab; arrows go from one to the next. */
function Tabs({ tab, onChoose, changed }: { tab: Tab; onChoose: (tab: Tab) => void; changed: number }) {
  const turn = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const at = TABS.findIndex(([of]) => of === tab);
    onChoose(TABS[(at + by + TABS.length) % TABS.length]?.[0] ?? tab);
  };
  return (
    <div class="bench-tabs" role="tablist" aria-label="Panels">
      {TABS.map(([of, words]) => (
        <button key={of} type="button" id={`bench-tab-${of}`} role="tab" class="bench-tab" aria-selected={tab === of} aria-controls={`bench-panel-${of}`} tabIndex={tab === of ? 0 : -1} onKeyDown={turn} onClick={() => onChoose(of)}>
          {words}
          {of === "measures" && changed > 0 && <span class="bench-count">{changed} changed</span>}
        </button>
      ))}
    </div>
  );
}

/** The browser asks before a tab with unsaved work is closed: what is kept ends with the tab. */
function useWarning(bench: Bench): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (bench.isChanged.value) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [bench]);
}
