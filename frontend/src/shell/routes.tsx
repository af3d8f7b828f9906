import type { ComponentChildren } from "preact";
import type { Function } from "@/api/types";
import { Worklist } from "@/worklist/worklist";
import { SignIn } from "@/sign_in/sign_in";
import { lazy, matched, type Parameters } from "./router";

const Case = lazy(() => import("@/case/case"));
const Versions = lazy(() => import("@/case/versions"));
const Workbench = lazy(() => import("@/workbench/workbench"));
const Bring = lazy(() => import("@/bring/bring"));
const Meetings = lazy(() => import("@/board/meetings"));
const Meeting = lazy(() => import("@/board/meeting/meeting"));
const Show = lazy(() => import("@/board/show/show"));
const Decide = lazy(() => import("@/board/decide/decide"));
const Tasks = lazy(() => import("@/tasks/tasks"));
const Administration = lazy(() => import("@/administration/administration"));
const Setup = lazy(() => import("@/sign_in/setup"));
const Invited = lazy(() => import("@/sign_in/invited"));
const Password = lazy(() => import("@/sign_in/password"));

export interface Route {
  pattern: string;
  title: string;
  /** Any of these opens it; nothing: everybody who is signed in, or nobody at all on an open page. */
  needs?: readonly Function[];
  /** It fills the screen: no masthead and no foot around it. */
  isWhole?: boolean;
  page: (found: Parameters) => ComponentChildren;
}

const ROUTES: readonly Route[] = [
  { pattern: "/", title: "Worklist", needs: ["see"], page: () => <Worklist /> },
  { pattern: "/bring", title: "Bring a case", needs: ["bring"], page: () => <Bring /> },
  { pattern: "/case/:id", title: "Case", needs: ["see"], page: ({ id = "" }) => <Case key={id} caseId={id} /> },
  { pattern: "/case/:id/versions", title: "Versions", needs: ["see"], page: ({ id = "" }) => <Versions key={id} caseId={id} /> },
  { pattern: "/cases/:id/workbench", title: "Workbench", needs: ["see"], page: ({ id = "" }) => <Workbench key={id} caseId={id} /> },
  { pattern: "/case/:id/decide", title: "Decision by phone", needs: ["decide"], page: ({ id = "" }) => <Decide key={id} caseId={id} /> },
  { pattern: "/board", title: "Board", needs: ["see"], page: () => <Meetings /> },
  { pattern: "/board/:id", title: "Meeting", needs: ["see"], page: ({ id = "" }) => <Meeting key={id} meetingId={id} /> },
  { pattern: "/board/:id/show", title: "Presentation", needs: ["see"], isWhole: true, page: ({ id = "" }) => <Show key={id} meetingId={id} /> },
  { pattern: "/board/:meeting/decide/:id", title: "Decision", needs: ["decide"], page: ({ meeting = "", id = "" }) => <Decide key={id} caseId={id} meetingId={meeting} /> },
  { pattern: "/tasks", title: "Tasks", needs: ["see"], page: () => <Tasks /> },
  { pattern: "/administration", title: "Administration", needs: ["people", "audit", "storage"], page: () => <Administration part="people" /> },
  { pattern: "/administration/:part", title: "Administration", page: ({ part = "" }) => <Administration part={part} /> },
  { pattern: "/password", title: "Change your password", page: () => <Password /> },
  { pattern: "/sign-in", title: "Sign in", page: () => <SignIn /> },
  { pattern: "/setup", title: "Set up", page: () => <Setup token="" /> },
  { pattern: "/setup/:token", title: "Set up", page: ({ token = "" }) => <Setup token={token} /> },
  { pattern: "/invitation/:token", title: "Your invitation", page: ({ token = "" }) => <Invited token={token} /> },
];

/** The route of a path and what its names stand for; nothing for a page that is not there. */
export function routeOf(at: string): { route: Route; found: Parameters } | null {
  for (const route of ROUTES) {
    const found = matched(route.pattern, at);
    if (found) return { route, found };
  }
  return null;
}
