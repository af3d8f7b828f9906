import { useRef, useState } from "preact/hooks";
import { asProblem, type Problem } from "@/api/problem";

export interface Doing {
  isBusy: boolean;
  problem: Problem | null;
  /** Do it once; a second press while it runs is no second act. The answer tells whether it went well. */
  run: (act: () => Promise<void>) => Promise<boolean>;
}

/** One act of a person at a time, with what went wrong kept beside the button. */
export function useDoing(): Doing {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const isRunning = useRef(false);
  const run = async (act: () => Promise<void>): Promise<boolean> => {
    if (isRunning.current) return false;
    isRunning.current = true;
    setBusy(true);
    setProblem(null);
    try {
      await act();
      return true;
    } catch (thrown) {
      setProblem(asProblem(thrown));
      return false;
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  };
  return { isBusy, problem, run };
}
