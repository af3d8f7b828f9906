import { effect, signal } from "@preact/signals";

export type Scheme = "system" | "light" | "dark";

const KEPT = "enbloc.scheme";
const kept = window.localStorage.getItem(KEPT);

/** Light for forms and print, dark for images; by default as the system has it. */
export const scheme = signal<Scheme>(kept === "light" || kept === "dark" ? kept : "system");

effect(() => {
  if (scheme.value === "system") {
    delete document.documentElement.dataset["scheme"];
    window.localStorage.removeItem(KEPT);
  } else {
    document.documentElement.dataset["scheme"] = scheme.value;
    window.localStorage.setItem(KEPT, scheme.value);
  }
});
