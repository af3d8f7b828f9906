import { useCallback, useEffect, useState } from "preact/hooks";
import { get } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";

export interface Fetched<T> {
  value: T | null;
  problem: Problem | null;
  again: () => void;
}

/** What the server answers to a path; asked anew when the path changes or `again` is called. What was there stays meanwhile. */
export const useFetched = <T>(path: string): Fetched<T> => useAsked(path, get<T>);

/** The same of a list that comes by the page: all of it, for a list that ends in silence hides what is newest. */
export const useEvery = <T extends Paged>(path: string): Fetched<T> => useAsked(path, everyPage<T>);

interface Paged {
  items: readonly unknown[];
  next: string;
}

/** Every page of a list, as one; its path asks for something already. */
export async function everyPage<T extends Paged>(path: string, { signal }: { signal?: AbortSignal } = {}): Promise<T> {
  const asked = signal ? { signal } : {};
  let page = await get<T>(path, asked);
  const items = [...page.items];
  while (page.next) {
    page = await get<T>(`${path}&after=${encodeURIComponent(page.next)}`, asked);
    items.push(...page.items);
  }
  return { ...page, items };
}

function useAsked<T>(path: string, ask: (path: string, asked: { signal: AbortSignal }) => Promise<T>): Fetched<T> {
  const [value, setValue] = useState<T | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stopped = new AbortController();
    ask(path, { signal: stopped.signal }).then(
      (found) => {
        setValue(found);
        setProblem(null);
      },
      (thrown: unknown) => {
        if (!stopped.signal.aborted) setProblem(asProblem(thrown));
      },
    );
    return () => stopped.abort();
  }, [path, turn]);
  return { value, problem, again: useCallback(() => setTurn((before) => before + 1), []) };
}
