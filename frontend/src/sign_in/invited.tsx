import { Waiting } from "@/look/states";

export default function Invited({ token }: { token: string }) {
  return <Waiting>{token}</Waiting>;
}
