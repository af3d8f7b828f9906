import { Waiting } from "@/look/states";

export default function Password() {
  return <Waiting />;
}
