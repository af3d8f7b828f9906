/** Where one is in two or three steps. */
export const Steps = ({ of, at }: { of: readonly string[]; at: number }) => (
  <ol class="steps">
    {of.map((step, nth) => (
      <li key={step} aria-current={nth === at ? "step" : undefined}>
        {nth + 1} {step}
      </li>
    ))}
  </ol>
);
