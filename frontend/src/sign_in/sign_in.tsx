import { Waiting } from "@/look/states";

export function SignIn() {
  return <Waiting />;
}
