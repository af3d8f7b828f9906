import { moment } from "@/case/model/clock";
import { plainly } from "@/case/words";
import { Alarm } from "@/look/alarm";
import { Dialog } from "@/look/dialog";
import { useDeciding, type Changed as What } from "./deciding";

/** The case is another than was presented: what changed, and that the decision stands all the same, or not. */
export function Changed({ changed, onDone }: { changed: What; onDone: () => void }) {
  const deciding = useDeciding();
  const leave = () => (deciding.changed.value = null);
  const confirm = async () => {
    if (await deciding.record(changed)) onDone();
  };
  return (
    <Dialog title="The case has changed since it was presented" isWide onClose={leave}>
      <div class="form">
        <Alarm degree="urgent" title={`Presented was version ${deciding.presented.value?.version}; it is version ${changed.newest} now`}>
          <p>{changed.said}</p>
        </Alarm>
        <ul class="since plain">
          {changed.since.map((each) => (
            <li key={each.version}>
              <strong>{each.by}</strong>, {moment(each.at)}: {each.because}
              <ul class="small">
                {each.changes?.map((one) => (
                  <li key={one.path}>
                    {one.what}: <s class="struck">{plainly(one.before)}</s> <strong>{plainly(one.after)}</strong>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
        <p>Nothing is recorded yet. If the decision holds for the case as it is now, both versions are kept in it; if not, go back: what you typed stays.</p>
        <p class="buttons">
          <button type="button" class="button danger" disabled={deciding.isBusy.value} onClick={() => void confirm()}>
            It holds for version {changed.newest}: record it
          </button>
          <button type="button" class="button" onClick={leave}>
            Look at the case first
          </button>
        </p>
      </div>
    </Dialog>
  );
}
