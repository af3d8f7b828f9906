/** What the server refused or could not do, in words, with the remedy; status 0: there is no connection. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly remedy = "",
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(title);
    this.name = "Problem";
  }

  /** The kind of problem, where the server names one ("no-result"). */
  get type(): string {
    return typeof this.members["type"] === "string" ? this.members["type"] : "";
  }
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** The problem that an answer of the server tells; any other body is told by its status. */
export async function problemOf(response: Response): Promise<Problem> {
  const members: Record<string, unknown> = await response.json().catch(() => ({}));
  const title = text(members["detail"]) || text(members["title"]) || `The server answered with status ${response.status}.`;
  return new Problem(response.status, title, text(members["remedy"]) || remedyOf(response.status), members);
}

const REMEDIES: Record<number, string> = {
  403: "Your role does not allow this.",
  404: "Look whether the address is right.",
  413: "It is larger than the server takes.",
  429: "Wait a minute and try again.",
  503: "The server is busy. Try again in a moment.",
  507: "The server's disk is full. Tell who runs it.",
};

const remedyOf = (status: number): string => REMEDIES[status] ?? (status >= 500 ? "Try again; if it stays, tell who runs the server." : "");

/** A problem out of anything that was thrown. */
export const asProblem = (thrown: unknown): Problem =>
  thrown instanceof Problem ? thrown : new Problem(0, "The page met a fault of its own.", "Load the page again.", { thrown: String(thrown) });
