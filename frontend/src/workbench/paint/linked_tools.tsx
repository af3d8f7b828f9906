import type { Linked } from "./linked";

/** Which other examination is seen with this one, and how. */
export const LinkedTools = ({ linked }: { linked: Linked }) => (
  <>
    <label class="tool-field">
      with
      <select class="input" value={linked.role.value} disabled={linked.isComing.value} onChange={(event) => void linked.choose(event.currentTarget.value)}>
        <option value="">no other image</option>
        {linked.images.map((each) => (
          <option key={each.role} value={each.role}>
            {each.words}
          </option>
        ))}
      </select>
    </label>
    {linked.role.value && (
      <>
        <select class="input tool-short" aria-label="How the other image is seen" value={linked.how.value} onChange={(event) => linked.blend(event.currentTarget.value === "beside" ? "beside" : "over", 0.5)}>
          <option value="over">over</option>
          <option value="beside">beside</option>
        </select>
        <input type="range" class="tool-share" min="0" max="100" step="5" value={Math.round(100 * linked.share.value)} aria-label="How much of the other image" onInput={(event) => linked.blend(linked.how.value, Number(event.currentTarget.value) / 100)} />
      </>
    )}
  </>
);
