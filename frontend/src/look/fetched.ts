import { useCallback, useEffect, useState } from "preact/hooks";
import { get } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";

export interface Fetched<T> {
  value: T | null;
  problem: Problem | null;
  again: () => void;
}

/** What the server answers to a path; asked anew when the path changes or `again` is called. What was there stays meanwhile. */
export function useFetched<T>(path: string): Fetched<T> {
  const [value, setValue] = useState<T | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const stopped = new AbortController();
    get<T>(path, { signal: stopped.signal }).then(
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
