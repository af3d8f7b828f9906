import { signal } from "@preact/signals";
import { asProblem, Problem } from "@/api/problem";
import type { BenchImage } from "../nouns";
import type { Affine } from "./affine";
import { gridOf, type Grid, voxelsIn } from "./grid";
import { readNifti } from "./nifti";
import { scanOf, type Scan } from "./scan";
import { asLabels, type Showing } from "./showing";

export type Part = "overview" | "detail" | "whole";

/** Where images come from: the bench, or a test. */
export interface Source {
  image(role: string, part: Part): Promise<{ content: Blob }>;
  labels(part: Part): Promise<{ content: Blob }>;
}

const MOST_BYTES = 700_000_000; // an image that needs more is shown coarsely, in full only around the lesions
const REST_MS = 350;

/** The grid of an image of the bench, whose affine leads from slice, row and column: its file counts the other way round. */
export function gridFrom({ shape, affine }: Pick<BenchImage, "shape" | "affine">): Grid {
  const toPlace: Affine = [0, 1, 2].flatMap((row) => [2, 1, 0, 3].map((column) => affine[row]?.[column] as number));
  return gridOf([shape[2], shape[1], shape[0]], toPlace);
}

/** Brings one examination to the viewer: all of it coarsely first, then the lesions in full, and the rest in full where somebody looks. */
export class Loading {
  /** What is on its way; nothing once all is there that is looked at. */
  readonly coming = signal<Part | "labels" | "">("");
  readonly problem = signal<Problem | null>(null);
  /** Why the image is not shown in full beyond the lesions. */
  readonly limit = signal("");
  private parts: Partial<Record<Part, Scan>> = {};
  private timer = 0;
  private wholeAsked = false;
  private isClosed = false;
  private readonly stop: () => void;

  constructor(
    private readonly source: Source,
    private readonly viewer: Showing,
    private readonly image: BenchImage,
  ) {
    this.stop = viewer.onPlace(() => this.looked());
  }

  close(): void {
    this.isClosed = true;
    this.stop();
    window.clearTimeout(this.timer);
  }

  /** Fetch the overview, the labels and the lesions; `labelled` takes the labels of the whole grid. */
  async start(labelled: (values: Uint8Array | Uint16Array) => void): Promise<void> {
    await this.fetched("overview");
    await this.labels(labelled);
    await this.fetched("detail");
    this.looked();
  }

  async labels(labelled: (values: Uint8Array | Uint16Array) => void): Promise<void> {
    await this.doing("labels", async () => {
      const { content } = await this.source.labels("whole");
      const { values } = await readNifti(content.stream());
      if (!this.isClosed) labelled(asLabels(values));
    });
  }

  private async fetched(part: Part): Promise<void> {
    if (this.isClosed || (part !== "overview" && this.isAll(this.parts.overview))) return;
    await this.doing(part, async () => {
      const { content } = await this.source.image(this.image.role, part);
      const scan = scanOf(await readNifti(content.stream()));
      if (this.isClosed) return;
      this.parts = this.isAll(scan) ? { whole: scan, overview: scan } : { ...this.parts, [part]: scan };
      this.shown();
    });
  }

  private shown(): void {
    const { overview, detail, whole } = this.parts;
    this.viewer.show(whole ? [whole] : [overview, detail].filter((each) => each !== undefined), gridFrom(this.image));
  }

  private isAll(scan: Scan | undefined): boolean {
    return scan !== undefined && voxelsIn(scan.grid) === voxelsIn(gridFrom(this.image));
  }

  /** Where somebody comes to rest and the image is coarse, all of it is fetched. */
  private looked(): void {
    window.clearTimeout(this.timer);
    if (this.wholeAsked || !this.parts.overview || this.viewer.isFine(this.viewer.at)) return;
    this.timer = window.setTimeout(() => this.wanted(), REST_MS);
  }

  private wanted(): void {
    if (this.wholeAsked || this.viewer.isFine(this.viewer.at)) return;
    if (2 * voxelsIn(gridFrom(this.image)) > MOST_BYTES) {
      this.limit.value = "too large to be shown in full here";
      return;
    }
    this.wholeAsked = true;
    void this.fetched("whole");
  }

  private async doing(part: Part | "labels", act: () => Promise<void>): Promise<void> {
    this.coming.value = part;
    try {
      await act();
    } catch (thrown) {
      if (part === "whole") this.wholeAsked = false;
      this.problem.value = thrown instanceof RangeError ? new Problem(0, thrown.message, "Load the page again; if it stays, look at the image with another program.") : asProblem(thrown);
    } finally {
      this.coming.value = "";
    }
  }
}
