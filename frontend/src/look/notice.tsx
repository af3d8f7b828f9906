import type { Problem } from "@/api/problem";
import { Alarm } from "./alarm";

/**
 * A problem where it arose: what, and the remedy. It stays until the next try; nothing flies away.
 * A fault of the machine is a caution: red is kept for what must stop a surgeon.
 */
export const ProblemNotice = ({ problem }: { problem: Problem | null }) =>
  problem && (
    <Alarm degree="caution" title={problem.title} isAnnounced>
      {problem.remedy && <p>{problem.remedy}</p>}
    </Alarm>
  );
