import { Failed, Waiting } from "@/look/states";
import { REFUSED, type OpenMeeting } from "./model/meeting";

/** A meeting that is on its way, that is not there or not open to somebody, or that could not be read. */
export function NotOpen({ meeting }: { meeting: OpenMeeting }) {
  const fault = meeting.fault.value;
  if (!fault) return <Waiting>Opening the meeting …</Waiting>;
  if (REFUSED.includes(fault.status)) return <Failed title="There is no such meeting, or it is not open to you." remedy="Look whether the address is right, or ask who holds the meeting." />;
  return <Failed title={fault.title} remedy={fault.remedy} onRetry={() => void meeting.open()} />;
}
