import { computed, signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Failed, Waiting } from "@/look/states";

/** Where the browser is: path and query. */
export const place = signal(window.location.pathname + window.location.search);
export const path = computed(() => place.value.split("?")[0] ?? "/");
export const query = computed(() => new URLSearchParams(place.value.split("?")[1] ?? ""));

const read = () => (place.value = window.location.pathname + window.location.search);

/** Go to another page; `replace` leaves no step to go back to. */
export function go(to: string, { replace = false } = {}): void {
  if (to === place.value) return;
  window.history[replace ? "replaceState" : "pushState"](null, "", to);
  const isOtherPage = to.split("?")[0] !== path.value;
  read();
  if (isOtherPage) window.scrollTo(0, 0);
}

/** Links within the site turn the page without loading it anew; every other link is the browser's. */
export function follow(event: MouseEvent): void {
  const link = (event.target as Element | null)?.closest?.("a");
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain || event.defaultPrevented || link.target || link.hasAttribute("download")) return;
  if (link.origin !== window.location.origin || link.pathname.startsWith("/api/")) return;
  if (link.pathname === window.location.pathname && link.hash) return;
  event.preventDefault();
  go(link.pathname + link.search);
}

window.addEventListener("popstate", read);
document.addEventListener("click", follow);

export type Parameters = Readonly<Record<string, string>>;

/** What stands at the `:names` of the pattern, or nothing where the path is another. */
export function matched(pattern: string, at: string): Parameters | null {
  const wanted = pattern.split("/");
  const given = at.replace(/(.)\/$/, "$1").split("/");
  if (wanted.length !== given.length) return null;
  const found: Record<string, string> = {};
  for (const [nth, part] of wanted.entries()) {
    const is = given[nth] ?? "";
    if (part.startsWith(":") && is) found[part.slice(1)] = decoded(is);
    else if (part !== is) return null;
  }
  return found;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A page that is fetched when it is first opened. */
export function lazy<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  return function Lazy(properties: P) {
    const [Page, show] = useState<ComponentType<P> | null>(() => loaded);
    const [hasFailed, fail] = useState(false);
    useEffect(() => {
      if (!loaded) load().then((module) => show(() => (loaded = module.default)), () => fail(true));
    }, []);
    if (hasFailed) return <Failed title="This page could not be fetched." remedy="Check the connection and load the page again." onRetry={() => window.location.reload()} />;
    return Page ? <Page {...properties} /> : <Waiting />;
  };
}
