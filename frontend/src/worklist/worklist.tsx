import { Waiting } from "@/look/states";

export function Worklist() {
  return <Waiting />;
}
