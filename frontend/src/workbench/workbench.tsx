import "./workbench.css";
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Failed, NotAllowed, Waiting } from "@/look/states";
import { ProblemNotice } from "@/look/notice";
import { useKeys } from "@/shell/keys";
import { may } from "@/shell/session";
import { Bench } from "./bench";
import { Lining } from "./overlay/lining";
import { Overlay } from "./overlay/overlay";
import { Desk } from "./paint/desk";
import { Hands } from "./paint/hands";
import { keysOf, undoKeys } from "./paint/keys";
import { Tools } from "./paint/tools";
import { Panels } from "./panels";
import { Planning } from "./plans/planning";
import { Surfaces } from "./overlay/surfaces";
import { Shares } from "./structures/shown";
import { Ahead } from "./viewer/ahead";
import type { Source } from "./viewer/loading";
import { openViewer } from "./viewer/showing";

const FORBIDDEN = 403;

/** Work on the anatomy of one case: images and labels at the left, plans, measures and saving at the right. */
export default function Workbench({ caseId }: { caseId: string }) {
  const bench = useMemo(() => new Bench(caseId), [caseId]);
  const planning = useMemo(() => new Planning(bench), [bench]);
  const shares = useMemo(() => new Shares(), [bench]);
  const ahead = useMemo(() => new Ahead(bench), [bench]);
  const desk = useSignal<Desk | null>(null);
  useEffect(() => {
    void bench.open();
    return () => {
      ahead.close();
      planning.close();
      bench.close();
    };
  }, [bench]);
  const fault = bench.fault.value;
  if (fault && !bench.view.value) {
    if (fault.status === FORBIDDEN) return <NotAllowed />;
    return <Failed title={fault.title} remedy={fault.remedy} onRetry={() => void bench.open()} />;
  }
  if (!bench.view.value) return <Waiting>Opening the images of the case …</Waiting>;
  return (
    <div class="workbench">
      <div class="workbench-left">
        <Head bench={bench} />
        {desk.value ? <Tools desk={desk.value} mayEdit={may("enter")} /> : <div class="tools" />}
        <Images bench={bench} planning={planning} shares={shares} source={ahead} onDesk={(made) => (desk.value = made)} />
      </div>
      <Panels bench={bench} planning={planning} shares={shares} onPlace={(at) => desk.value?.viewer.lookAt(at)} />
    </div>
  );
}

function Head({ bench }: { bench: Bench }) {
  const view = bench.view.value;
  return (
    <header class="workbench-head">
      <a class="button plain compact" href={`/case/${encodeURIComponent(bench.caseId)}`}>
        <span aria-hidden="true">‹ </span>Case page
      </a>
      <h1>{view?.words || `Case ${bench.caseId}`}</h1>
      <span class="quiet small">version {view?.version} · radiological convention: the patient's left is on your right</span>
      <span class="tool-gap" />
      {view?.banner && <p class="banner" role="note">{view.banner}</p>}
    </header>
  );
}

interface ImagesProps {
  bench: Bench;
  planning: Planning;
  shares: Shares;
  source: Source;
  onDesk: (desk: Desk | null) => void;
}

/** The four panes. They are made once; what is drawn above them follows. */
function Images({ bench, planning, shares, source, onDesk }: ImagesProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvases = useRef<HTMLDivElement>(null);
  const made = useSignal<Made | null>(null);
  useEffect(() => {
    if (!frame.current || !canvases.current || bench.view.peek()?.images.length === 0) return;
    const opened = open(canvases.current, frame.current, { bench, planning, shares, source });
    made.value = opened;
    onDesk(opened.desk);
    return () => {
      onDesk(null);
      opened.close();
    };
  }, [bench]);
  useSignalEffect(() => {
    if (frame.current) frame.current.dataset["tool"] = made.value?.desk.tool.value ?? "look";
  });
  return (
    <div class="viewer" ref={frame} tabIndex={0} role="application" aria-label="Images. Arrow keys go through the slices; ? lists all keys.">
      <div ref={canvases} />
      {made.value && <Above made={made.value} planning={planning} />}
      {bench.view.value?.images.length === 0 && <p class="viewer-state">This case has no images.</p>}
    </div>
  );
}

interface Made {
  desk: Desk;
  lining: Lining;
  surfaces: Surfaces;
  close: () => void;
}

function open(canvases: HTMLElement, frame: HTMLElement, { bench, planning, shares, source }: Omit<ImagesProps, "onDesk">): Made {
  const viewer = openViewer(canvases);
  const desk = new Desk(bench, viewer, shares, source);
  const lining = new Lining(bench, viewer, () => desk.showsLines.value);
  const surfaces = new Surfaces(bench, planning, viewer, () => desk.painting.value?.isPainting ?? false);
  const hands = new Hands(desk, frame);
  const keys = (event: KeyboardEvent) => undoKeys(desk, event);
  const leave = () => desk.leave();
  window.addEventListener("keydown", keys, true);
  window.addEventListener("pagehide", leave);
  void desk.start().then(() => surfaces.start());
  return { desk, lining, surfaces, close: () => {
    window.removeEventListener("keydown", keys, true);
    window.removeEventListener("pagehide", leave);
    for (const each of [hands, surfaces, lining, desk, viewer]) each.close();
  } };
}

const COMING = { overview: "overview", labels: "labels", detail: "the lesions in full resolution", whole: "all of it in full resolution" } as const;

function Above({ made: { desk, lining, surfaces }, planning }: { made: Made; planning: Planning }) {
  useKeys(keysOf(desk, may("enter")), [desk]);
  const { coming, problem } = desk.loading;
  return (
    <>
      <Overlay desk={desk} cuts={planning} lines={lining.lines} noSolids={surfaces.hasSome.value ? "" : surfaces.failed.value || "no surfaces yet"} map={surfaces.map.value} />
      {coming.value && <p class="viewer-coming" role="status">fetching {COMING[coming.value]} …</p>}
      {!coming.value && desk.showsLines.value && lining.missing.value.length > 0 && <p class="viewer-coming" role="status">not drawn: {lining.missing.value.join("; ")}</p>}
      {(problem.value ?? desk.linked.problem.value) && (
        <div class="viewer-state">
          <ProblemNotice problem={problem.value ?? desk.linked.problem.value} />
        </div>
      )}
    </>
  );
}
