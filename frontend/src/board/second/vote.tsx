import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { post, put } from "@/api/client";
import { useCase } from "@/case/open";
import { Sign } from "@/look/alarm";
import { Dialog } from "@/look/dialog";
import { useDoing } from "@/look/doing";
import { useFetched } from "@/look/fetched";
import { moment } from "@/look/moment";
import { ProblemNotice } from "@/look/notice";
import { Waiting } from "@/look/states";
import { may, me } from "@/shell/session";
import { useMeeting } from "../model/meeting";
import type { LooksLine, SecondLooks } from "../nouns";
import { optionWords } from "../words";
import { agreeing, agreeingWords } from "./agreeing";

/** The second look at a case: one's own vote, blind; how many have voted; and once revealed, all of them. */
export function Vote({ caseId, onClose }: { caseId: string; onClose: () => void }) {
  const meeting = useMeeting();
  const at = `/meetings/${encodeURIComponent(meeting.id)}/second-looks/${encodeURIComponent(caseId)}`;
  const looks = useFetched<SecondLooks>(at);
  useEffect(looks.again, [meeting.voted.value]);
  const named = meeting.view.value?.agenda.find((each) => each.case_id === caseId)?.lesions ?? [];
  const held = useCase().view.value?.document.lesions.map((each) => each.id) ?? [];
  const lesions = named.length ? named : held;
  return (
    <Dialog title="Second look" isWide onClose={onClose}>
      <ProblemNotice problem={looks.problem} />
      {!looks.value && !looks.problem && <Waiting />}
      {looks.value && lesions.map((lesion) => <OfLesion key={lesion} looks={looks.value?.items.find((each) => each.lesion === lesion) ?? unseen(lesion)} awaited={looks.value?.awaited ?? 0} at={at} onDone={looks.again} />)}
    </Dialog>
  );
}

const unseen = (lesion: string): LooksLine => ({ lesion, given: 0, mine: null, looks: [], revealed_by: "", revealed_at: null, because: "" });

interface OfLesionProps {
  looks: LooksLine;
  awaited: number;
  at: string;
  onDone: () => void;
}

const OfLesion = ({ looks, awaited, at, onDone }: OfLesionProps) => (
  <section class="board-look" aria-label={`Lesion ${looks.lesion}`}>
    <h3>Lesion {looks.lesion}</h3>
    {looks.revealed_by ? <Revealed looks={looks} /> : <Blind looks={looks} awaited={awaited} at={at} onDone={onDone} />}
  </section>
);

const isWholeOf = (looks: LooksLine, awaited: number): boolean => awaited > 0 && looks.given >= awaited;

/** Before the reveal: one's own vote and a count, and nothing of anybody else's. */
function Blind({ looks, awaited, at, onDone }: OfLesionProps) {
  const doing = useDoing();
  const meeting = useMeeting();
  const isChair = may("hold") && (isWholeOf(looks, awaited) || meeting.view.value?.chair === me.value?.person);
  const isWhole = isWholeOf(looks, awaited);
  const reveal = () => void doing.run(async () => void (await post(`${at}/reveal`, { lesion: looks.lesion }))).then(onDone);
  return (
    <>
      <p class="board-count" role="status">
        <strong>
          {looks.given} of {awaited}
        </strong>{" "}
        {awaited === 1 ? "has" : "have"} voted. <span class="quiet">Nobody reads another's vote before it is revealed.</span>
      </p>
      {may("vote") ? <Mine looks={looks} awaited={awaited} at={at} onDone={onDone} /> : <p class="quiet">Surgeons, oncologists and radiologists vote.</p>}
      {isChair && (
        <p class="buttons">
          <button type="button" class="button" disabled={doing.isBusy || looks.given === 0} onClick={reveal}>
            {isWhole ? "Reveal the votes" : "Reveal before all have voted"}
          </button>
          <span class="quiet">After that no vote is added or changed.</span>
        </p>
      )}
      <ProblemNotice problem={doing.problem} />
    </>
  );
}

function Mine({ looks, at, onDone }: OfLesionProps) {
  const { page } = useCase();
  const option = useSignal(looks.mine?.option ?? "");
  const because = useSignal(looks.mine?.because ?? "");
  const doing = useDoing();
  const options = (page.value?.report.options ?? []).filter(({ choice }) => choice.about === looks.lesion);
  const give = (event: SubmitEvent) => {
    event.preventDefault();
    if (option.value) void doing.run(async () => void (await put(at, { lesion: looks.lesion, option: option.value, because: because.value.trim() }))).then((isDone) => isDone && onDone());
  };
  return (
    <form class="form" onSubmit={give}>
      <fieldset class="board-ballot">
        <legend>Which option would you lead with?</legend>
        {byName(options.map(({ choice }) => choice)).map((choice) => (
          <label key={choice.act} class="tick">
            <input type="radio" name={`look-${looks.lesion}`} checked={option.value === choice.act} onChange={() => (option.value = choice.act)} />
            {choice.words}
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span class="label">Because (if you wish)</span>
        <input class="input" value={because.value} maxLength={400} onInput={(event) => (because.value = event.currentTarget.value)} />
      </label>
      <ProblemNotice problem={doing.problem} />
      <p class="buttons">
        <button class="button first" disabled={doing.isBusy || !option.value}>
          {looks.mine ? "Change your vote" : "Vote"}
        </button>
        {looks.mine && <Sign degree="note">your vote: {optionWords(page.value, looks.mine.option, looks.lesion)}</Sign>}
      </p>
    </form>
  );
}

/** By name, so that the order of the rules leads nobody's vote. */
const byName = <T extends { words: string }>(list: readonly T[]): T[] => [...list].sort((one, other) => one.words.localeCompare(other.words));

/** As the record says why they were revealed; else it says that all gave theirs. */
const BY_THE_CHAIR = "by the chair";

function Revealed({ looks }: { looks: LooksLine }) {
  const { nameOf } = useMeeting();
  const { page } = useCase();
  const found = agreeing(looks.looks.map((each) => each.option));
  return (
    <>
      <p class="board-agree">{agreeingWords(found)}</p>
      <ul class="board-votes plain">
        {found.named.map(([option, count]) => (
          <li key={option}>
            <span class="board-tally" aria-hidden="true">
              {Array.from({ length: count }, (_, nth) => (
                <i key={nth} />
              ))}
            </span>
            <strong>
              {count} {optionWords(page.value, option, looks.lesion)}
            </strong>
            {looks.looks.filter((each) => each.option === option).map((each) => (
              <p key={each.person}>
                {nameOf(each.person)}
                {each.because && <span class="quiet">: {each.because}</span>}
              </p>
            ))}
          </li>
        ))}
      </ul>
      <p class="quiet small">
        revealed{looks.because === BY_THE_CHAIR ? ` by ${nameOf(looks.revealed_by)}` : `: ${looks.because}`}, {moment(looks.revealed_at ?? null)}; kept for the agreement over the year
      </p>
    </>
  );
}
