import type { CasePage } from "../nouns";
import { useCase } from "../open";
import { Fold, Section } from "../parts";

const MB = 1_000_000;
const size = (bytes: number): string => (bytes >= MB ? `${(bytes / MB).toFixed(1)}\u202fMB` : `${Math.max(1, Math.round(bytes / 1000))}\u202fkB`);

type Document = CasePage["documents"][number];

/** What can be taken along; each belongs to the version it was computed from. Files of an operation stand under it. */
export function Documents() {
  const { page, computedFrom } = useCase();
  const documents = page.value?.documents ?? [];
  const operations = [...new Set(documents.map((each) => each.of).filter(Boolean))];
  return (
    <Section id="documents" title="Documents" note={`of version ${computedFrom.value}`}>
      <List documents={documents.filter((each) => !each.of)} />
      {operations.map((of) => (
        <Fold key={of} title={`Files of ${of.replaceAll("-", " ")}`}>
          <List documents={documents.filter((each) => each.of === of)} />
        </Fold>
      ))}
      {documents.length === 0 && <p class="quiet">None yet: they are made by the work-up.</p>}
    </Section>
  );
}

function List({ documents }: { documents: readonly Document[] }) {
  const { file } = useCase();
  return (
    <ul class="documents plain">
      {documents.map((each) => (
        <li key={each.name}>
          <a href={file("documents", each.name)} download="">
            {each.title}
          </a>{" "}
          <span class="quiet small nowrap">
            {each.name.split(".").at(-1)}, {size(each.bytes)}
          </span>
        </li>
      ))}
    </ul>
  );
}
