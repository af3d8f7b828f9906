import { useComputed, useSignal } from "@preact/signals";
import { isOnline } from "@/api/client";
import { slotOf } from "../model/edit";
import { moment } from "../model/clock";
import { useCase } from "../open";
import { counted, reasonOf, told } from "../words";

/** What is not saved yet, always in sight: work that was kept, and what is changed now. Neither stands in the way of the other. */
export function SaveBar() {
  const { offered, isChanged } = useCase();
  if (!offered.value && !isChanged.value) return null;
  return (
    <aside class="save-bar screen-only" aria-label="Changes that are not saved">
      <Offer />
      {isChanged.value && <Unsaved />}
    </aside>
  );
}

/** What is changed; why, and save. */
function Unsaved() {
  const open = useCase();
  const because = useSignal<string | null>(null);
  const isListed = useSignal(false);
  const proposed = useComputed(() => reasonOf(open.edits.value, open.vocabulary.value));
  const reason = because.value ?? proposed.value;
  const count = open.edits.value.length;
  const save = () => void open.save(reason.trim() || proposed.value).then(() => (because.value = null));
  return (
    <>
      {isListed.value && <List />}
      <form class="save-line" onSubmit={(event) => { event.preventDefault(); save(); }}>
        <button type="button" class="button plain" aria-expanded={isListed.value} onClick={() => (isListed.value = !isListed.value)}>
          {count} not saved {isListed.value ? "▾" : "▴"}
        </button>
        <input class="input" aria-label="Why this version is saved" value={reason} maxLength={500} onInput={(event) => (because.value = event.currentTarget.value)} />
        {!isOnline.value && <span class="small" role="status">No connection: your changes are kept in this tab.</span>}
        <button type="button" class="button plain" onClick={() => window.confirm(`Discard ${counted(count, "change")}?`) && open.discard()}>
          Discard
        </button>
        <button type="submit" class="button first" disabled={open.isSaving.value}>
          {open.isSaving.value ? "Saving …" : `Save version ${(open.view.value?.newest ?? 0) + 1}`}
        </button>
      </form>
    </>
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
    <div class="save-line" role="status">
      <span>
        <strong>
          {counted(count, "change")} of {moment(draft.at)} {count === 1 ? "was" : "were"} kept
        </strong>{" "}
        and not saved; {count === 1 ? "it was" : "they were"} made on version {draft.version}.
      </span>
      <button type="button" class="button plain" onClick={() => open.decline()}>
        Discard what was kept
      </button>
      <button type="button" class={open.isChanged.value ? "button" : "button first"} onClick={() => open.resume()}>
        Take up again
      </button>
    </div>
  );
}
