import type { Problem } from "@/api/problem";
import { Alarm } from "./alarm";

/** A problem where it arose: what, and the remedy. It stays until the next try; nothing flies away. */
export const ProblemNotice = ({ problem }: { problem: Problem | null }) =>
  problem && (
    <Alarm degree="stop" title={problem.title}>
      {problem.remedy && <p>{problem.remedy}</p>}
    </Alarm>
  );
