import { useCase } from "../open";
import { Section } from "../parts";

const PLAIN: Record<string, string> = {
  "report.pdf": "Report for the board (PDF)",
  "report.html": "Report as a page (HTML)",
  "workup.json": "Work-up (JSON)",
};

const MB = 1_000_000;
const size = (bytes: number): string => (bytes >= MB ? `${(bytes / MB).toFixed(1)}\u202fMB` : `${Math.max(1, Math.round(bytes / 1000))}\u202fkB`);

/** What can be taken along; each belongs to the version it was computed from. */
export function Documents() {
  const { page, file, computedFrom } = useCase();
  const documents = page.value?.documents ?? [];
  return (
    <Section id="documents" title="Documents" note={`of version ${computedFrom.value}`}>
      <ul class="documents plain">
        {documents.map((each) => (
          <li key={each.name}>
            <a href={file("documents", each.name)} download="">
              {PLAIN[each.name] ?? each.title}
            </a>{" "}
            <span class="quiet small">{size(each.bytes)}</span>
          </li>
        ))}
        {documents.length === 0 && <li class="quiet">None yet: they are made by the work-up.</li>}
      </ul>
    </Section>
  );
}
