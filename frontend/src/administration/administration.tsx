import type { ComponentType } from "preact";
import type { Function } from "@/api/types";
import { NotAllowed } from "@/look/states";
import { may } from "@/shell/session";
import { Agreement } from "./agreement";
import { Audit } from "./audit";
import { Disagreements } from "./disagreements";
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
  { name: "agreement", words: "Agreement", needs: "agreement", page: Agreement },
  { name: "disagreements", words: "Disagreements", needs: "see", page: Disagreements },
  { name: "versions", words: "Versions", page: Versions },
];

const isOpen = (part: Part): boolean => !part.needs || may(part.needs);

/** Why a part is closed: an administrator sees no case, and who sees cases keeps no people. */
const Refused = ({ needs }: { needs: Function | undefined }) =>
  needs === "see" ? (
    <NotAllowed title="This page names cases.">It is for those who see them; an administrator sees none. Agreement over the year is told in numbers alone, and is open to you.</NotAllowed>
  ) : (
    <NotAllowed title="This page is for administrators.">People, the audit and the storage are kept by an administrator of your centre.</NotAllowed>
  );

/** People, audit, storage; what the board and its rules come to; versions. */
export default function Administration({ part }: { part: string }) {
  const at = PARTS.find((each) => each.name === part);
  if (!at || !isOpen(at)) return <Refused needs={at?.needs} />;
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
