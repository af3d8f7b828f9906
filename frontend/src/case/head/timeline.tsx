import { useEffect, useRef, useState } from "preact/hooks";
import type { DayRow, Event } from "../nouns";
import { daysBetween } from "../model/clock";
import { useCase } from "../open";
import { Section } from "../parts";
import { axisOf, cropped, roomFor, type Axis } from "./axis";

interface Spot {
  words: string;
  when: string;
  first: number;
  last: number | null;
  look: "past" | "due" | "over" | "board";
  isDraft: boolean;
}

interface Lane {
  name: string;
  spots: Spot[];
}

const ROW = 26;
const LEFT = 104;
const TOP = 22;

/** One row for each kind of event, days counted from the day of the case; narrow far away and wide near it. */
export function Timeline() {
  const { page, view } = useCase();
  const [width, holder] = useWidth();
  const found = page.value;
  if (!found) return null;
  const lanes = lanesOf(found.timeline.events, found.report.counsel.days.rows, boardOf(view.value?.board ?? "", found.timeline.as_of));
  const undated = found.timeline.events.filter((each) => each.first === null);
  const axis = axisOf(lanes.flatMap((lane) => lane.spots.flatMap((spot) => [spot.first, spot.last ?? spot.first])), LEFT, width - 12);
  const tall = TOP + lanes.length * ROW + 4;
  return (
    <Section id="timeline" title="Timeline" note="days from the day of the case; the axis is bent: near days wide, far years narrow">
      <div ref={holder} class="timeline">
        <svg width={width} height={tall} viewBox={`0 0 ${width} ${tall}`} role="img" aria-label={`Timeline as of ${found.timeline.as_of}. The same in words below.`}>
          <Ground axis={axis} tall={tall} asOf={found.timeline.as_of} />
          {lanes.map((lane, nth) => (
            <Row key={lane.name} lane={lane} axis={axis} y={TOP + nth * ROW + ROW / 2} right={width} />
          ))}
        </svg>
      </div>
      <ul class="unseen">
        {lanes.flatMap((lane) => lane.spots.map((spot) => <li key={lane.name + spot.words + spot.when}>{`${lane.name}: ${spot.words}, ${spot.when}`}</li>))}
      </ul>
      {undated.length > 0 && <p class="small quiet">Day not known: {undated.map((each) => each.words).join(" · ")}</p>}
    </Section>
  );
}

/** The width of an element as the window has it. */
function useWidth() {
  const holder = useRef<HTMLDivElement>(null);
  const [width, set] = useState(1280);
  useEffect(() => {
    const watch = new ResizeObserver(([seen]) => seen && set(Math.max(480, Math.round(seen.contentRect.width))));
    if (holder.current) watch.observe(holder.current);
    return () => watch.disconnect();
  }, []);
  return [width, holder] as const;
}

const NAMES: Record<Event["kind"], string> = {
  treatment: "treatments", image: "images", neurology: "examinations", statement: "entries", confirmation: "entries", override: "entries",
};

/** The day of the board, counted from the day of the case. */
function boardOf(day: string, asOf: string): Spot[] {
  const first = daysBetween(asOf, day);
  return Number.isNaN(first) ? [] : [{ words: "board", when: day, first, last: null, look: "board", isDraft: false }];
}

function lanesOf(events: readonly Event[], due: readonly DayRow[], board: readonly Spot[]): Lane[] {
  const lanes = new Map<string, Spot[]>(["treatments", "images", "examinations", "entries", "due"].map((name) => [name, []]));
  lanes.set("board", [...board]);
  for (const each of events) {
    if (each.first !== null) lanes.get(NAMES[each.kind])?.push({ words: each.words, when: each.when, first: each.first, last: each.last, look: "past", isDraft: false });
  }
  for (const each of due) {
    const day = each.first ?? each.last;
    if (day === null) continue;
    const look = (each.last ?? day) < 0 ? "over" : "due";
    lanes.get("due")?.push({ words: each.words, when: `${each.when}, ${each.left}`, first: day, last: each.last, look, isDraft: each.is_draft });
  }
  return [...lanes].filter(([, spots]) => spots.length > 0).map(([name, spots]) => ({ name, spots: together(spots.sort((one, other) => one.first - other.first)) }));
}

/** Events of one day stand as one. */
function together(spots: readonly Spot[]): Spot[] {
  const found: Spot[] = [];
  for (const spot of spots) {
    const last = found.at(-1);
    if (last && last.first === spot.first && last.last === spot.last && last.look === spot.look) found[found.length - 1] = { ...last, words: `${last.words} · ${spot.words}`, isDraft: last.isDraft && spot.isDraft };
    else found.push(spot);
  }
  return found;
}

const Ground = ({ axis, tall, asOf }: { axis: Axis; tall: number; asOf: string }) => (
  <>
    {axis.ticks.map((tick) => (
      <g key={tick.days}>
        <line class="tick-line" x1={axis.at(tick.days)} x2={axis.at(tick.days)} y1={TOP - 4} y2={tall} />
        <text class="tick-word" x={axis.at(tick.days)} y={TOP - 9} text-anchor="middle">
          {tick.days < 0 ? "−" : "+"}
          {tick.words}
        </text>
      </g>
    ))}
    <line class="today-line" x1={axis.at(0)} x2={axis.at(0)} y1={TOP - 4} y2={tall} />
    <text class="today-word" x={axis.at(0)} y={TOP - 9} text-anchor="middle">
      {asOf}
    </text>
  </>
);

/** Where the words of a spot stand, and how many letters of them fit. */
interface Placed extends Spot {
  x: number;
  end: number;
  isBefore: boolean;
  letters: number;
}

const HALF = 9;
const SHORT = 60;
const LETTER = 6.4;

/** Words stand after their spot, or before it where there is more room that no other words have taken. */
function placed(spots: readonly Spot[], axis: Axis, right: number): Placed[] {
  let taken = LEFT;
  return spots.map((spot, nth) => {
    const x = axis.at(spot.first);
    const end = Math.max(x, axis.at(spot.last ?? spot.first));
    const next = spots[nth + 1];
    const [room, roomBefore] = [(next ? axis.at(next.first) : right) - end - 2 * HALF, x - taken - 2 * HALF];
    const isBefore = room < Math.min(SHORT, spot.words.length * LETTER) && roomBefore > room;
    const letters = Math.min(spot.words.length, roomFor(isBefore ? roomBefore : room, LETTER));
    taken = end + HALF + (isBefore ? 0 : letters * LETTER);
    return { ...spot, x, end, isBefore, letters };
  });
}

const Row = ({ lane, axis, y, right }: { lane: Lane; axis: Axis; y: number; right: number }) => (
  <g>
    <text class="lane-name" x={0} y={y + 4}>
      {lane.name}
    </text>
    <line class="lane-line" x1={LEFT} x2={right} y1={y} y2={y} />
    {placed(lane.spots, axis, right).map((spot, nth) => (
      <Mark key={nth} spot={spot} y={y} />
    ))}
  </g>
);

/** One event with its words. */
const Mark = ({ spot, y }: { spot: Placed; y: number }) => (
  <g class={`spot ${spot.look} ${spot.isDraft ? "is-draft" : ""}`}>
    <title>{`${spot.words}, ${spot.when}${spot.isDraft ? " (draft rule)" : ""}`}</title>
    {spot.end > spot.x + 6 && <line class="spot-span" x1={spot.x} x2={spot.end} y1={y} y2={y} />}
    {spot.look === "past" || spot.look === "board" ? <circle cx={spot.x} cy={y} r={4.5} /> : <rect x={spot.x - 4.5} y={y - 4.5} width={9} height={9} transform={`rotate(45 ${spot.x} ${y})`} />}
    <text class="spot-words" x={spot.isBefore ? spot.x - HALF : spot.end + HALF} y={y + 4} text-anchor={spot.isBefore ? "end" : "start"}>
      {cropped(spot.words, spot.letters)}
    </text>
  </g>
);
