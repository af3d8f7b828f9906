/** How the votes of one second look agree, in counts; no word is put to it. */
export interface Agreeing {
  votes: number;
  /** Pairs of votes that name the same option, of all pairs; nothing where there is no pair. */
  share: number | null;
  /** Each option that was named, the most named first. */
  named: readonly (readonly [option: string, count: number])[];
}

export function agreeing(options: readonly string[]): Agreeing {
  const counts = new Map<string, number>();
  for (const each of options) counts.set(each, (counts.get(each) ?? 0) + 1);
  const pairs = options.length * (options.length - 1);
  const same = [...counts.values()].reduce((sum, count) => sum + count * (count - 1), 0);
  const named = [...counts].sort(([one, most], [other, next]) => next - most || one.localeCompare(other));
  return { votes: options.length, share: pairs ? same / pairs : null, named };
}

/** "3 of 3 name the same option", "2 of 3 pairs of votes agree". */
export function agreeingWords({ votes, share, named }: Agreeing): string {
  if (votes === 0) return "Nobody voted.";
  if (share === null) return "One vote: there is nothing to agree with.";
  if (named.length === 1) return `All ${votes} name the same option.`;
  const pairs = (votes * (votes - 1)) / 2;
  return `${Math.round(share * pairs)} of ${pairs} pairs of votes agree.`;
}
