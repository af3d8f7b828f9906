import { Waiting } from "@/look/states";

export default function Administration({ part }: { part: string }) {
  return <Waiting>{part}</Waiting>;
}
