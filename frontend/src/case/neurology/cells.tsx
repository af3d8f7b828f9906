import { DERMATOMES, KEY_MUSCLES, keyOf, pressed, wrongScore, type Part, type Scores, type Side } from "../model/isncsci";

interface CellsProps {
  scores: Scores;
  isReadOnly: boolean;
  onScore: (key: string, score: string) => void;
}

const COLUMNS: Record<Side, readonly Part[]> = { right: ["motor", "light touch", "pin prick"], left: ["light touch", "pin prick", "motor"] };
const SHORT: Record<Part, string> = { motor: "motor", "light touch": "LT", "pin prick": "PP" };

/** The form as it is printed: right, segment, left; arrow keys move, digits set, n is not testable, * tags, space clears. */
export const Cells = ({ scores, isReadOnly, onScore }: CellsProps) => (
  <table class="isncsci-form" aria-label="Scores by segment and side">
    <thead>
      <tr>
        <th colSpan={4} scope="colgroup">
          RIGHT (R)
        </th>
        <th scope="col">level</th>
        <th colSpan={4} scope="colgroup">
          LEFT (L)
        </th>
      </tr>
      <tr class="small">
        <th scope="col" class="muscle">key muscle</th>
        {COLUMNS.right.map((part) => (
          <th key={part} scope="col" title={part}>
            {SHORT[part]}
          </th>
        ))}
        <th scope="col">of cord</th>
        {COLUMNS.left.map((part) => (
          <th key={part} scope="col" title={part}>
            {SHORT[part]}
          </th>
        ))}
        <th scope="col" class="muscle">key muscle</th>
      </tr>
    </thead>
    <tbody onKeyDown={walk}>
      {DERMATOMES.map((segment, row) => (
        <tr key={segment} class={KEY_MUSCLES[segment] ? "has-muscle" : ""}>
          <td class="muscle quiet">{KEY_MUSCLES[segment]}</td>
          {COLUMNS.right.map((part, nth) => (
            <Cell key={part} {...{ segment, part, row, scores, isReadOnly, onScore }} side="right" column={nth} />
          ))}
          <th scope="row">{segment}</th>
          {COLUMNS.left.map((part, nth) => (
            <Cell key={part} {...{ segment, part, row, scores, isReadOnly, onScore }} side="left" column={nth + 3} />
          ))}
          <td class="muscle quiet">{KEY_MUSCLES[segment]}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

interface CellProps extends CellsProps {
  segment: string;
  part: Part;
  side: Side;
  row: number;
  column: number;
}

function Cell({ segment, part, side, row, column, scores, isReadOnly, onScore }: CellProps) {
  if (part === "motor" && !KEY_MUSCLES[segment]) return <td aria-hidden="true">{" "}</td>;
  const key = keyOf(side, part, segment);
  const score = scores[key] ?? "";
  const full = part === "motor" ? "5" : "2";
  const look = score === "" ? "is-unknown" : score === full ? "is-full" : score.startsWith("0") ? "is-none" : "is-less";
  const press = (event: KeyboardEvent) => {
    if (isReadOnly || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = pressed(part, score, event.key);
    if (next === null) return;
    event.preventDefault();
    onScore(key, next);
    if (/^[\dn]$/i.test(event.key)) below(row, column)?.focus();
  };
  return (
    <td class={`cell ${look}`}>
      <input
        value={score}
        readOnly={isReadOnly}
        size={2}
        maxLength={4}
        data-row={row}
        data-column={column}
        aria-label={`${segment} ${side} ${part}`}
        aria-invalid={wrongScore(part, score) ? true : undefined}
        autoComplete="off"
        onKeyDown={press}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => onScore(key, event.currentTarget.value.toUpperCase())}
      />
    </td>
  );
}

const cellAt = (row: number, column: number) => document.querySelector<HTMLInputElement>(`.isncsci-form input[data-row="${row}"][data-column="${column}"]`);

/** The next cell of a column that there is. */
function below(row: number, column: number, by = 1): HTMLInputElement | null {
  for (let at = row + by; at >= 0 && at < DERMATOMES.length; at += by) {
    const found = cellAt(at, column);
    if (found) return found;
  }
  return null;
}

function walk(event: KeyboardEvent): void {
  const from = event.target as HTMLInputElement;
  const [row, column] = [Number(from.dataset["row"]), Number(from.dataset["column"])];
  const ways: Record<string, () => HTMLInputElement | null> = {
    ArrowDown: () => below(row, column),
    ArrowUp: () => below(row, column, -1),
    ArrowLeft: () => cellAt(row, column - 1),
    ArrowRight: () => cellAt(row, column + 1),
  };
  const to = ways[event.key]?.();
  if (!to) return;
  event.preventDefault();
  to.focus();
}
