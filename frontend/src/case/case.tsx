import { Waiting } from "@/look/states";

export default function Case({ caseId }: { caseId: string }) {
  return <Waiting>Case {caseId}</Waiting>;
}
