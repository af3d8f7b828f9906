import { isOnline } from "@/api/client";
import { Sign } from "@/look/alarm";
import { useDeciding } from "./deciding";

/** What is missing by MDT-04, what is wrong, and the one button that records; always in sight. */
export function Recording() {
  const { missing, wrong, isBusy, way } = useDeciding();
  return (
    <div class="board-save">
      <span>
        {wrong.value.size > 0 ? (
          <Sign degree="caution">{wrong.value.size === 1 ? "One thing is to be mended above" : `${wrong.value.size} things are to be mended above`}</Sign>
        ) : missing.value.length > 0 ? (
          <>
            <strong>Not stated:</strong> {missing.value.join(" · ")} <span class="quiet">– recorded as not stated</span>
          </>
        ) : (
          "Everything that MDT-04 asks for is stated."
        )}
      </span>
      {!isOnline.value && (
        <span class="small" role="status">
          No connection: what you type is kept in this tab.
        </span>
      )}
      <button type="submit" class="button first" disabled={isBusy.value}>
        {isBusy.value ? "Recording …" : way.value === "meeting" ? "Record the decision" : "Record, to be ratified"}
      </button>
    </div>
  );
}
