import { Waiting } from "@/look/states";

export default function Versions({ caseId }: { caseId: string }) {
  return <Waiting>Versions of case {caseId}</Waiting>;
}
