import { Waiting } from "@/look/states";

export default function Bring() {
  return <Waiting />;
}
