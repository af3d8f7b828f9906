import { useEffect } from "preact/hooks";
import { isOnline } from "@/api/client";
import { Failed, NotAllowed, Waiting } from "@/look/states";
import { Caught } from "./caught";
import { Frame } from "./frame";
import { go, path } from "./router";
import { routeOf, type Route } from "./routes";
import { fault, isOpenPage, leave, may, me, recall, seesCases } from "./session";
import "./keys";
import "./scheme";

const RETRY_MS = 5000;

/** The whole app: who is signed in decides what is shown in the frame. */
export function Shell() {
  useEffect(() => {
    if (isOnline.value) return;
    const timer = window.setInterval(() => void recall(), RETRY_MS);
    return () => window.clearInterval(timer);
  }, [isOnline.value]);

  const at = routeOf(path.value);
  const title = at?.route.title ?? "Not found";
  useEffect(() => {
    document.title = `${title} · enbloc`;
  }, [title]);

  if (isOpenPage.value) return <main id="content">{at?.route.page(at.found)}</main>;
  if (me.value === undefined) return <Opening />;
  if (me.value === null) return <SignedOut />;
  const page = <Caught key={path.value}>{at ? <Allowed route={at.route}>{at.route.page(at.found)}</Allowed> : <NotFound />}</Caught>;
  return at?.route.isWhole ? page : <Frame title={title}>{page}</Frame>;
}

function Opening() {
  return (
    <main id="content">
      {fault.value ? <Failed title={fault.value.title} remedy={fault.value.remedy} onRetry={() => void recall()} /> : <Waiting />}
    </main>
  );
}

function SignedOut() {
  useEffect(leave, []);
  return null;
}

/** Who sees no case starts in the administration. */
function Allowed({ route, children }: { route: Route; children: preact.ComponentChildren }) {
  const needs = route.needs ?? [];
  const isLost = path.value === "/" && !seesCases.value && may("people");
  useEffect(() => {
    if (isLost) go("/administration/people", { replace: true });
  }, [isLost]);
  if (isLost) return null;
  return needs.length === 0 || needs.some(may) ? <>{children}</> : <NotAllowed />;
}

const NotFound = () => (
  <div class="state calm">
    <h1>There is no such page.</h1>
    <p class="quiet">The address may be mistyped, or the page has moved.</p>
    <a class="button" href="/">
      Back to the start
    </a>
  </div>
);
