import { computed, signal } from "@preact/signals";
import { ask, get, signedOut } from "@/api/client";
import type { Function, Me } from "@/api/types";
import { asProblem, type Problem } from "@/api/problem";
import { go, path, place } from "./router";

/** Who is signed in; `undefined` while nobody knows yet. */
export const me = signal<Me | null | undefined>(undefined);
export const fault = signal<Problem | null>(null);

/** Whether the person's roles hold a function; the server decides, this only shows or hides. */
export const may = (what: Function): boolean => me.value?.functions.includes(what) ?? false;
export const seesCases = computed(() => may("see"));

/** Pages that need nobody signed in. */
export const isOpenPage = computed(() => /^\/(sign-in|setup|invitation)(\/|$)/.test(path.value));

const BACK = "enbloc.back";

/** Ask the server who is signed in. */
export async function recall(): Promise<void> {
  try {
    me.value = await get<Me>("/session", { isSignIn: true });
    fault.value = null;
  } catch (thrown) {
    const problem = asProblem(thrown);
    if (problem.status === 401) me.value = null;
    else fault.value = problem;
  }
}

/** The session has ended: to the sign-in page, keeping where the person was. */
export function leave(): void {
  if (!isOpenPage.value) window.sessionStorage.setItem(BACK, place.value);
  me.value = null;
  if (!isOpenPage.value) go("/sign-in", { replace: true });
}

/** After a sign-in: back to where the person was. */
export function enter(who: Me): void {
  const back = window.sessionStorage.getItem(BACK) ?? "/";
  window.sessionStorage.removeItem(BACK);
  me.value = who;
  go(back.startsWith("/") && !back.startsWith("//") ? back : "/", { replace: true });
}

/** End the session on the server and forget who it was. */
export async function signOut(): Promise<void> {
  await ask("DELETE", "/session", { body: {} }).catch(() => undefined);
  window.sessionStorage.clear();
  me.value = null;
  go("/sign-in");
}

signedOut.call = leave;
