import { useState } from "preact/hooks";
import { post, queryOf } from "@/api/client";
import type { AuditCheck, AuditLine, Page } from "@/api/types";
import { Alarm, Sign } from "@/look/alarm";
import { useDoing } from "@/look/doing";
import { Field } from "@/look/field";
import { useFetched } from "@/look/fetched";
import { counted, instant, moment } from "@/look/moment";
import { ProblemNotice } from "@/look/notice";
import { Empty, Failed, Waiting } from "@/look/states";
import { go, query } from "@/shell/router";
import { detailOf } from "./detail";
import { Paging } from "./people";

const PAGE = 100;
const addressOf = (asked: Readonly<Record<string, string>>) => `/administration/audit${queryOf(asked)}`;

/** Who did what with which case, when and for what; and whether the chain still holds. */
export function Audit() {
  const asked = { case: query.value.get("case") ?? "", person: query.value.get("person") ?? "", after: query.value.get("after") ?? "" };
  const audit = useFetched<Page<AuditLine>>(`/audit${queryOf({ ...asked, newest_first: "true", limit: PAGE })}`);
  return (
    <>
      <header class="part-head">
        <h1>Audit</h1>
      </header>
      <Check />
      <Filters key={asked.case + asked.person} {...asked} />
      {audit.problem ? (
        <Failed title={audit.problem.title} remedy={audit.problem.remedy} onRetry={audit.again} />
      ) : audit.value ? (
        <Entries lines={audit.value.items} />
      ) : (
        <Waiting />
      )}
      {audit.value && <Paging first={asked.after === ""} next={audit.value.next} onTurn={(after) => go(addressOf({ ...asked, after }))} />}
    </>
  );
}

function Filters(asked: { case: string; person: string }) {
  const [caseId, setCase] = useState(asked.case);
  const [person, setPerson] = useState(asked.person);
  const filter = (event: SubmitEvent) => {
    event.preventDefault();
    go(addressOf({ case: caseId.trim(), person: person.trim() }));
  };
  return (
    <form class="filters" onSubmit={filter}>
      <Field label="Case" value={caseId} onText={setCase} maxLength={64} placeholder="any" />
      <Field label="Person" value={person} onText={setPerson} maxLength={40} placeholder="anybody" />
      <button class="button">Show</button>
      {(asked.case || asked.person) && (
        <a class="button plain" href="/administration/audit">
          Everything
        </a>
      )}
    </form>
  );
}

const Entries = ({ lines }: { lines: readonly AuditLine[] }) =>
  lines.length === 0 ? (
    <Empty title="No entry here.">
      <p class="quiet">Nothing was read or written under this filter, or you are past its beginning.</p>
    </Empty>
  ) : (
    <div class="scroll">
      <table class="table entries">
        <caption>Newest first, times of this computer. Every reading and writing stands here; nothing can be taken out.</caption>
        <thead>
          <tr>
            <th class="number">Entry</th>
            <th>When</th>
            <th>Who</th>
            <th>Act</th>
            <th>Case</th>
            <th>For</th>
            <th>Detail</th>
            <th>Seal</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.entry}>
              <td class="number quiet">{line.entry}</td>
              <td class="nowrap">{instant(line.at)}</td>
              <th scope="row">
                <a href={addressOf({ person: line.actor })}>{line.actor}</a>
              </th>
              <td class="nowrap">{line.act}</td>
              <td>
                {line.case_id && <a href={addressOf({ case: line.case_id })}>{line.case_id}</a>}
                {line.version > 0 && <span class="quiet"> v{line.version}</span>}
              </td>
              <td>{line.purpose}</td>
              <td class="small detail">{detailOf(line.detail)}</td>
              <td class="hash nowrap" title={line.digest}>
                {line.digest.slice(0, 8)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );

function Check() {
  const [found, setFound] = useState<{ check: AuditCheck; at: string } | null>(null);
  const doing = useDoing();
  const check = () => void doing.run(async () => setFound({ check: await post<AuditCheck>("/audit/check"), at: new Date().toISOString() }));
  return (
    <section class="check">
      <div class="buttons">
        <button type="button" class="button" disabled={doing.isBusy} onClick={check}>
          {doing.isBusy ? "Reading the whole record …" : "Check the chain"}
        </button>
        <span class="quiet">Reads every entry, version and file and recomputes every seal. In a large record this takes minutes.</span>
      </div>
      <ProblemNotice problem={doing.problem} />
      {found && <Outcome {...found} />}
    </section>
  );
}

const Outcome = ({ check, at }: { check: AuditCheck; at: string }) => (
  <Alarm degree={check.is_whole ? "note" : "stop"} title={check.is_whole ? "The chain is whole" : "The record is not what it was"}>
    <p>
      {counted(check.entries)} entries, read {moment(at)}.
    </p>
    {check.faults.map((fault) => (
      <p key={fault.where + fault.what}>
        <Sign degree="stop">{fault.where}</Sign> {fault.what}
      </p>
    ))}
    {Object.entries(check.heads).map(([centre, head]) => (
      <p key={centre}>
        <span class="quiet">Head of {centre}, to be noted elsewhere: </span>
        <span class="hash whole">{head}</span>
      </p>
    ))}
    {!check.is_whole && <p>Do not decide by it. Keep the machine as it is and restore a backup beside it (enbloc record restore).</p>}
  </Alarm>
);
