import { useCase } from "../open";
import { Section } from "../parts";

/** NOMS and LMNOP side by side; where they come apart, the row says so. */
export function Frameworks() {
  const found = useCase().page.value?.report.counsel.frameworks ?? [];
  if (found.length === 0) return null;
  return (
    <Section id="frameworks" title="NOMS and LMNOP" note="the two frameworks beside each other">
      {found.map((one) => (
        <div key={one.about} class="scroll" tabIndex={0} role="region" aria-label={`Frameworks, lesion ${one.about}`}>
          <table class="table">
            <caption>
              lesion {one.about} · {one.location}
            </caption>
            <thead>
              <tr>
                {["field", "NOMS", "LMNOP"].map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {one.fields.map(([field, noms, lmnop, differs]) => (
                <tr key={field} class={differs ? "differs" : ""}>
                  <th scope="row">{field}</th>
                  <Cell words={noms} />
                  <Cell words={lmnop} />
                </tr>
              ))}
              <tr>
                <th scope="row">surgery first</th>
                <Cell words={one.surgery_first[0] ?? ""} />
                <Cell words={one.surgery_first[1] ?? ""} />
              </tr>
            </tbody>
          </table>
          <p class="small">{one.driving}</p>
          <p class="small quiet">{one.rows}</p>
        </div>
      ))}
    </Section>
  );
}

const Cell = ({ words }: { words: string }) => <td>{/not known/i.test(words) ? <span class="unknown-said">{words}</span> : words}</td>;
