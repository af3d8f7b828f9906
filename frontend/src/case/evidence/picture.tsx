import { useEffect, useRef, useState } from "preact/hooks";
import type { PictureRef } from "../nouns";
import { useCase } from "../open";

/** What must never come with a picture; the Content-Security-Policy refuses it again. */
const FOREIGN = "script, foreignObject, iframe, object, embed, a, animate, set";

/** A picture set into the page, so that its words are in the page's own type and sharp at any size. */
export function Picture({ picture }: { picture: PictureRef }) {
  const { file, computedFrom } = useCase();
  const holder = useRef<HTMLDivElement>(null);
  const [hasFailed, fail] = useState(false);
  const address = file("pictures", picture.name);
  useEffect(() => {
    const gone = new AbortController();
    drawn(address, gone.signal).then(
      (svg) => {
        holder.current?.replaceChildren(svg);
        fail(false);
      },
      () => !gone.signal.aborted && fail(true),
    );
    return () => gone.abort();
  }, [address, computedFrom.value]);
  return (
    <div ref={holder} class="picture" role="img" aria-label={picture.alt} style={{ aspectRatio: `${picture.width} / ${picture.height}` }}>
      {hasFailed && <span class="picture-lost">The picture could not be fetched.</span>}
    </div>
  );
}

async function drawn(address: string, signal: AbortSignal): Promise<SVGElement> {
  const response = await fetch(address, { signal, credentials: "same-origin" });
  if (!response.ok) throw new Error("no picture");
  const svg = new DOMParser().parseFromString(await response.text(), "image/svg+xml").documentElement;
  if (svg.localName !== "svg") throw new Error("no picture");
  for (const each of svg.querySelectorAll(FOREIGN)) each.remove();
  svg.setAttribute("aria-hidden", "true"); // its words stand on the element around it
  return document.importNode(svg, true) as unknown as SVGElement;
}
