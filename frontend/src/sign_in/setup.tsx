import { Waiting } from "@/look/states";

export default function Setup({ token }: { token: string }) {
  return <Waiting>{token}</Waiting>;
}
