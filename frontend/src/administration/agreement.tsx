import { useState } from "preact/hooks";
import type { AgreementOfYear } from "@/board/nouns";
import { useFetched } from "@/look/fetched";
import { counted } from "@/look/moment";
import { Sign } from "@/look/alarm";
import { Empty, Failed, Waiting } from "@/look/states";
import { KappaChart } from "./kappa_chart";

const THIS_YEAR = new Date().getFullYear();
const YEARS_BACK = 4;

/** How far members of the board name the same leading option before they see each other's, over the year. */
export function Agreement() {
  const [year, setYear] = useState(THIS_YEAR);
  const agreement = useFetched<AgreementOfYear>(`/agreement?year=${year}`);
  if (agreement.problem) return <Failed title={agreement.problem.title} remedy={agreement.problem.remedy} onRetry={agreement.again} />;
  return (
    <>
      <header class="part-head">
        <h1>Agreement of second looks</h1>
        <label>
          <span class="unseen">Year</span>
          <select class="input" value={year} onChange={(event) => setYear(Number(event.currentTarget.value))}>
            {Array.from({ length: YEARS_BACK + 1 }, (_, back) => (
              <option key={back} value={THIS_YEAR - back}>
                {THIS_YEAR - back}
              </option>
            ))}
          </select>
        </label>
      </header>
      {agreement.value ? <OfYear of={agreement.value} /> : <Waiting />}
    </>
  );
}

function OfYear({ of: { year, found, method, interval } }: { of: AgreementOfYear }) {
  if (found.looks === 0) {
    return (
      <Empty title={`No second look was given in ${year}.`}>
        <p class="quiet">In a meeting, members name the option that they would lead with before they see the others': key V of the presentation.</p>
      </Empty>
    );
  }
  const share = found.agreeing === null || found.agreeing === undefined ? "unknown" : `${Math.round(found.agreeing * 100)}\u202f%`;
  return (
    <>
      <figure class="agreement-chart">
        <figcaption>
          <strong>Agreement beyond chance in {year}</strong> <span class="quiet">1: all agree · 0: as by chance</span>
        </figcaption>
        <KappaChart found={found.beyond_chance} />
        {found.beyond_chance.why && (
          <p>
            <Sign degree="note">not known</Sign> {found.beyond_chance.why}.
          </p>
        )}
        <p class="small quiet">
          n = {counted(found.paired)} {found.paired === 1 ? "second look" : "second looks"} with two votes or more, of {counted(found.looks)}. {method}; {interval}. No word is put to a kappa here: it depends on how many options there are and how often each is named.
        </p>
      </figure>
      <div class="figures">
        <Figure shown={counted(found.looks)} words={found.looks === 1 ? "second look" : "second looks"} />
        <Figure shown={counted(found.votes)} words="votes" />
        <Figure shown={counted(found.unanimous)} words={`of ${counted(found.paired)} unanimous`} />
        <Figure shown={share} words="of pairs of votes agree" />
        <Figure shown={counted(found.options)} words="options named" />
      </div>
    </>
  );
}

const Figure = ({ shown, words }: { shown: string; words: string }) => (
  <p class="figure">
    <strong>{shown}</strong>
    <span>{words}</span>
  </p>
);
