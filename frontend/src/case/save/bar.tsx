import { useComputed, useSignal } from "@preact/signals";
import { isOnline } from "@/api/client";
import { slotOf } from "../model/edit";
import { moment } from "../model/clock";
import { useCase } from "../open";
import { reasonOf, told } from "../words";

/** What is changed and not saved yet, always in sight; why, and save. */
export function SaveBar() {
  const open = useCase();
  const because = useSignal<string | null>(null);
  const isListed = useSignal(false);
  const proposed = useComputed(() => reasonOf(open.edits.value, open.vocabulary.value));
  if (open.offered.value) return <Offer />;
  if (!open.isChanged.value) return null;
  const reason = because.value ?? proposed.value;
  const count = open.edits.value.length;
  const save = () => void open.save(reason.trim() || proposed.value).then(() => (because.value = null));
  return (
    <aside class="save-bar screen-only" aria-label="Changes that are not saved">
      {isListed.value && <List />}
      <form class="save-line" onSubmit={(event) => { event.preventDefault(); save(); }}>
        <button type="button" class="button plain" aria-expanded={isListed.value} onClick={() => (isListed.value = !isListed.value)}>
          {count} not saved {isListed.value ? "▾" : "▴"}
        </button>
        <input class="input" aria-label="Why this version is saved" value={reason} maxLength={500} onInput={(event) => (because.value = event.currentTarget.value)} />
        {!isOnline.value && <span class="small" role="status">No connection: your changes are kept in this tab.</span>}
        <button type="button" class="button plain" onClick={() => window.confirm(`Discard ${count} ${count === 1 ? "change" : "changes"}?`) && open.discard()}>
          Discard
        </button>
        <button type="submit" class="button first" disabled={open.isSaving.value}>
          {open.isSaving.value ? "Saving …" : `Save version ${(open.view.value?.newest ?? 0) + 1}`}
        </button>
      </form>
    </aside>
  );
}

function List() {
  const { edits, vocabulary, undo } = useCase();
  return (
    <ul class="save-list plain">
      {edits.value.map((each) => {
        const { what, says } = told(each, vocabulary.value);
        return (
          <li key={slotOf(each)}>
            <span>{what}</span> <strong>{says}</strong>
            <button type="button" class="button plain compact" aria-label={`Undo ${what}`} onClick={() => undo(slotOf(each))}>
              Undo
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Work that a reload or a lost connection left behind. */
function Offer() {
  const open = useCase();
  const draft = open.offered.value;
  if (!draft) return null;
  const count = draft.edits.length;
  return (
    <div class="save-bar screen-only" role="status">
      <div class="save-line">
        <span>
          <strong>
            {count} {count === 1 ? "change" : "changes"} of {moment(draft.at)} {count === 1 ? "was" : "were"} kept
          </strong>{" "}
          and not saved; {count === 1 ? "it was" : "they were"} made on version {draft.version}.
        </span>
        <button type="button" class="button plain" onClick={() => open.decline()}>
          Discard
        </button>
        <button type="button" class="button first" onClick={() => open.resume()}>
          Take up again
        </button>
      </div>
    </div>
  );
}
