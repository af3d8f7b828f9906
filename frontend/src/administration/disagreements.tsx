import { useState } from "preact/hooks";
import { queryOf } from "@/api/client";
import type { DisagreementLine, Disagreements as Listed } from "@/board/nouns";
import { useFetched } from "@/look/fetched";
import { Field } from "@/look/field";
import { moment } from "@/look/moment";
import { Empty, Failed, Waiting } from "@/look/states";
import { go, query } from "@/shell/router";
import { Paging } from "./people";

const PAGE = 100;
const addressOf = (asked: Readonly<Record<string, string>>) => `/administration/disagreements${queryOf(asked)}`;

/** Where somebody found a rule wrong in a case, and why: this is how the rules improve. */
export function Disagreements() {
  const asked = { rule: query.value.get("rule") ?? "", text: query.value.get("text") ?? "", after: query.value.get("after") ?? "" };
  const found = useFetched<Listed>(`/disagreements${queryOf({ ...asked, limit: PAGE })}`);
  return (
    <>
      <header class="part-head">
        <h1>Disagreements with rules</h1>
      </header>
      <Filters key={asked.rule + asked.text} {...asked} />
      {found.problem ? <Failed title={found.problem.title} remedy={found.problem.remedy} onRetry={found.again} /> : found.value ? <Lines lines={found.value.items} names={found.value.names} isAsked={Boolean(asked.rule || asked.text)} /> : <Waiting />}
      {found.value && <Paging first={asked.after === ""} next={found.value.next} onTurn={(after) => go(addressOf({ ...asked, after }))} />}
    </>
  );
}

function Filters(asked: { rule: string; text: string }) {
  const [rule, setRule] = useState(asked.rule);
  const [text, setText] = useState(asked.text);
  const filter = (event: SubmitEvent) => {
    event.preventDefault();
    go(addressOf({ rule: rule.trim().toUpperCase(), text: text.trim() }));
  };
  return (
    <form class="filters" onSubmit={filter}>
      <Field label="Rule" value={rule} onText={setRule} maxLength={40} placeholder="any, as NOMS-07" />
      <Field label="Words of the reason" value={text} onText={setText} maxLength={200} placeholder="any" />
      <button class="button">Search</button>
      {(asked.rule || asked.text) && (
        <a class="button plain" href="/administration/disagreements">
          Everything
        </a>
      )}
    </form>
  );
}

const Lines = ({ lines, names, isAsked }: { lines: readonly DisagreementLine[]; names: Listed["names"]; isAsked: boolean }) =>
  lines.length === 0 ? (
    <Empty title={isAsked ? "No disagreement is found by that." : "Nobody disagreed with a rule yet."}>
      <p class="quiet">Disagreement with a rule is written in the form of a decision, by name and with its reason.</p>
    </Empty>
  ) : (
    <div class="scroll">
      <table class="table">
        <caption>Of cases that you may see.</caption>
        <thead>
          <tr>
            {["Rule", "Why it is wrong there", "Who", "Case", "Recorded"].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.decision_id + line.position}>
              <th scope="row" class="nowrap">
                <a href={addressOf({ rule: line.rule })}>{line.rule}</a>
              </th>
              <td dir="auto">{line.because}</td>
              <td>{line.name}</td>
              <td>
                <a href={`/case/${encodeURIComponent(line.case_id)}`}>{line.case_id}</a>
              </td>
              <td class="nowrap quiet">
                {moment(line.at)} by {names[line.by] ?? line.by}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
