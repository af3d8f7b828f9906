import { computed, signal } from "@preact/signals";
import { asProblem, type Problem } from "@/api/problem";
import type { Bench } from "../bench";
import type { BenchImage } from "../nouns";
import type { Beside } from "../viewer/flat";
import type { Showing } from "../viewer/showing";

const SMALL = 40_000_000; // voxels: an MR is this small and comes in full

/** The examination that is seen together with the first one: over it by a share, or beside it from a place of each pane on. */
export class Linked {
  readonly role = signal("");
  readonly how = signal<Beside>("over");
  readonly share = signal(0.5);
  readonly isComing = signal(false);
  readonly problem = signal<Problem | null>(null);
  readonly image = computed(() => this.images.find((each) => each.role === this.role.value) ?? null);

  constructor(
    private readonly bench: Bench,
    private readonly viewer: Showing,
    readonly images: readonly BenchImage[],
  ) {}

  async choose(role: string): Promise<void> {
    const image = this.images.find((each) => each.role === role);
    this.isComing.value = true;
    try {
      const part = image && image.shape[0] * image.shape[1] * image.shape[2] > SMALL ? "overview" : "whole";
      await this.viewer.overlay(image ? (await this.bench.image(role, part)).content : null);
      this.role.value = role;
      const preset = image?.presets[0];
      if (preset) this.viewer.overWindow(preset.low, preset.high);
      this.blend(this.how.value, this.share.value);
    } catch (thrown) {
      this.problem.value = asProblem(thrown);
    } finally {
      this.isComing.value = false;
    }
  }

  blend(how: Beside, share: number): void {
    this.how.value = how;
    this.share.value = share;
    this.viewer.blend(how, share);
  }
}
