import { useSignal } from "@preact/signals";
import { Sign } from "@/look/alarm";
import { Dialog } from "@/look/dialog";
import { slotOf, type Edit } from "../model/edit";
import { moment } from "../model/clock";
import { useCase, type Overtaken } from "../open";
import { plainly, told } from "../words";

/** Somebody else saved meanwhile: who, what, and what becomes of one's own changes. Nothing is decided by itself. */
export function Conflict({ overtaken }: { overtaken: Overtaken }) {
  const open = useCase();
  const { newer, since, draft, found } = overtaken;
  const mine = useSignal<ReadonlySet<string>>(new Set());
  const settle = () => open.settle([...found.kept, ...found.torn.map((each) => each.edit).filter((each) => mine.value.has(slotOf(each)))]);
  const choose = (edit: Edit, isMine: boolean) => {
    const next = new Set(mine.value);
    if (isMine) next.add(slotOf(edit));
    else next.delete(slotOf(edit));
    mine.value = next;
  };
  return (
    <Dialog title={`Version ${newer.version} was saved meanwhile`} isWide onClose={() => (open.overtaken.value = null)}>
      <div class="form">
        <p>
          Nothing of yours is saved yet and nothing is lost.{" "}
          {draft ? `Your kept changes were made on version ${draft.version}. The newest was saved by:` : "This is what others saved since you opened the case:"}
        </p>
        <ul class="since plain">
          {(since.length ? since : [{ version: newer.version, by: newer.by, at: newer.at, because: newer.because }]).map((each) => (
            <li key={each.version + each.at}>
              <strong>{newer.names[each.by] ?? each.by}</strong>, {moment(each.at)}: {each.because}
              {each.changes && (
                <ul class="small">
                  {each.changes.map((change) => (
                    <li key={change.path}>
                      {change.what}: <s class="struck">{plainly(change.before)}</s> <strong>{plainly(change.after)}</strong>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
        {found.torn.length > 0 && (
          <div class="scroll">
            <table class="table">
              <caption>You both changed these. Choose for each.</caption>
              <thead>
                <tr>
                  {["what", "before", "theirs", "yours"].map((head) => (
                    <th key={head} scope="col">
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {found.torn.map(({ edit, before, theirs, mine: own }) => (
                  <tr key={slotOf(edit)}>
                    <th scope="row">{told(edit, open.vocabulary.value).what}</th>
                    <td class="quiet">{plainly(before)}</td>
                    <Pick slot={slotOf(edit)} isOn={!mine.value.has(slotOf(edit))} words={plainly(theirs)} onPick={() => choose(edit, false)} />
                    <Pick slot={slotOf(edit)} isOn={mine.value.has(slotOf(edit))} words={plainly(own)} onPick={() => choose(edit, true)} />
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {found.kept.length > 0 && (
          <p>
            <Sign degree="note">goes over</Sign> {found.kept.map((each) => told(each, open.vocabulary.value).what).join("; ")}
          </p>
        )}
        {found.done.length > 0 && <p class="quiet">Saved by them the same way: {found.done.map((each) => told(each, open.vocabulary.value).what).join("; ")}</p>}
        <p class="buttons">
          <button type="button" class="button first" onClick={settle}>
            Go on upon version {newer.version}
          </button>
          <button type="button" class="button plain" onClick={() => (open.overtaken.value = null)}>
            Not yet
          </button>
        </p>
      </div>
    </Dialog>
  );
}

/** One of the two values that stand against each other. */
const Pick = ({ slot, isOn, words, onPick }: { slot: string; isOn: boolean; words: string; onPick: () => void }) => (
  <td aria-label={words}>
    <label class="tick">
      <input type="radio" name={slot} checked={isOn} onChange={onPick} />
      <span>{words}</span>
    </label>
  </td>
);
