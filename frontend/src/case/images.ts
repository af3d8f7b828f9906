import type { Case } from "./nouns";

/** The page on which one works on the images of a case. */
export const imagesOf = (id: string): string => `/cases/${encodeURIComponent(id)}/workbench`;

/** Whether there is any scan to open. */
export const hasImages = (document: Case | null | undefined): boolean => Object.keys(document?.images ?? {}).length > 0;
