import { useCase } from "@/case/open";
import type { DecisionView } from "../nouns";
import { useMeeting } from "./meeting";

/** What this meeting knows to be decided on the case that is open, the latest first. */
export const useDecisions = (): readonly DecisionView[] => useMeeting().decidedOf(useCase().id);
