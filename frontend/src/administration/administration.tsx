import type { ComponentType } from "preact";
import type { Function } from "@/api/types";
import { NotAllowed } from "@/look/states";
import { may } from "@/shell/session";
import { Audit } from "./audit";
import { People } from "./people";
import { Storage } from "./storage";
import { Versions } from "./versions";
import "./administration.css";

interface Part {
  name: string;
  words: string;
  /** Versions are open to everybody who is signed in. */
  needs?: Function;
  page: ComponentType;
}

const PARTS: readonly Part[] = [
  { name: "people", words: "People", needs: "people", page: People },
  { name: "audit", words: "Audit", needs: "audit", page: Audit },
  { name: "storage", words: "Storage", needs: "storage", page: Storage },
  { name: "versions", words: "Versions", page: Versions },
];

const isOpen = (part: Part): boolean => !part.needs || may(part.needs);

/** People, audit, storage, versions. */
export default function Administration({ part }: { part: string }) {
  const at = PARTS.find((each) => each.name === part);
  if (!at || !isOpen(at)) return <NotAllowed title="This page is for administrators.">People, the audit and the storage are kept by an administrator of your centre.</NotAllowed>;
  const Page = at.page;
  return (
    <div class="administration">
      <nav aria-label="Administration">
        {PARTS.filter(isOpen).map((each) => (
          <a key={each.name} href={`/administration/${each.name}`} aria-current={each === at ? "page" : undefined}>
            {each.words}
          </a>
        ))}
      </nav>
      <div class="part">
        <Page />
      </div>
    </div>
  );
}
