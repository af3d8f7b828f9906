import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isOnline } from "@/api/client";
import { Shape } from "@/look/alarm";
import { Dialog } from "@/look/dialog";
import { Key } from "@/look/values";
import { bindings, useKeys } from "./keys";
import { path } from "./router";
import { scheme, type Scheme } from "./scheme";
import { may, me, signOut } from "./session";

/** Masthead, content and foot of every page of somebody who is signed in. */
export function Frame({ title, children }: { title: string; children: ComponentChildren }) {
  const showsKeys = useSignal(false);
  useKeys([{ keys: ["?"], words: "these keys", does: () => (showsKeys.value = true) }], []);
  return (
    <>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <Masthead />
      {!isOnline.value && <Offline />}
      <main id="content" tabIndex={-1} aria-label={title}>
        {children}
      </main>
      <footer class="foot">
        <span>Research use: confirm on the images.</span>
        <span class="screen-only">
          <button type="button" class="button plain compact" onClick={() => (showsKeys.value = true)}>
            Keys <Key>?</Key>
          </button>
        </span>
        <span>
          centre {me.value?.centre} · enbloc {me.value?.version}
        </span>
      </footer>
      {showsKeys.value && <Keys onClose={() => (showsKeys.value = false)} />}
    </>
  );
}

const PAGES = [
  { to: "/", words: "Worklist", isOpen: () => may("see"), starts: "/case" },
  { to: "/board", words: "Board", isOpen: () => may("see"), starts: "/board" },
  { to: "/tasks", words: "Tasks", isOpen: () => may("see"), starts: "/tasks" },
  { to: "/bring", words: "Bring a case", isOpen: () => may("bring"), starts: "/bring" },
  { to: "/administration/people", words: "Administration", isOpen: () => may("people") || may("audit") || may("storage"), starts: "/administration" },
] as const;

const Masthead = () => (
  <header class="masthead">
    <a class="brand" href="/">
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M2 2h12v4H2zM2 10h12v4H2z" fill="var(--accent)" />
        <path d="M4 7h8v2H4z" fill="var(--accent)" opacity="0.5" />
      </svg>
      enbloc
    </a>
    <nav aria-label="Pages">
      {PAGES.filter((page) => page.isOpen()).map((page) => (
        <a key={page.to} href={page.to} aria-current={path.value === page.to || path.value.startsWith(page.starts) ? "page" : undefined}>
          {page.words}
        </a>
      ))}
    </nav>
    <Mine />
  </header>
);

const SCHEMES: readonly (readonly [Scheme, string])[] = [
  ["system", "as the system"],
  ["light", "light"],
  ["dark", "dark"],
];

/** The menu under one's own name. */
function Mine() {
  const menu = useRef<HTMLDetailsElement>(null);
  const at = path.value;
  const close = () => menu.current?.removeAttribute("open");
  useEffect(close, [at]);
  useEffect(() => {
    const outside = (event: Event) => {
      if (!menu.current?.contains(event.target as Node)) close();
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, []);
  return (
    <details class="menu" ref={menu} onKeyDown={(event) => event.key === "Escape" && close()}>
      <summary class="button plain">
        {me.value?.name} <span class="quiet small">{me.value?.roles.join(", ")}</span>
      </summary>
      <div class="items">
        <fieldset class="schemes">
          <legend>Colours</legend>
          {SCHEMES.map(([each, words]) => (
            <label key={each} class="tick">
              <input type="radio" name="scheme" checked={scheme.value === each} onChange={() => (scheme.value = each)} />
              {words}
            </label>
          ))}
        </fieldset>
        <a href="/password">Change your password</a>
        <button type="button" onClick={() => void signOut()}>
          Sign out
        </button>
      </div>
    </details>
  );
}

const Offline = () => (
  <div class="offline" role="status">
    <Shape degree="urgent" />
    <strong>No connection to the server.</strong> What you see may be old. What you typed stays here; it is tried again by itself.
  </div>
);

const SHOWN: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc" };

export const Keys = ({ onClose }: { onClose: () => void }) => (
  <Dialog title="Keys" onClose={onClose}>
    <dl class="pairs">
      {bindings.value.map((each) => (
        <>
          <dt>
            {each.keys.map((key) => (
              <Key key={key}>{SHOWN[key] ?? key}</Key>
            ))}
          </dt>
          <dd>{each.words}</dd>
        </>
      ))}
      <dt>
        <Key>Tab</Key>
      </dt>
      <dd>everything else, in the order of the page</dd>
    </dl>
  </Dialog>
);
