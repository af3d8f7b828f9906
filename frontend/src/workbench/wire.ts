import { isOnline, signedOut } from "@/api/client";
import { Problem, problemOf } from "@/api/problem";
import type { Runs } from "./save/journal";
import { bytesOf } from "./save/journal";

export interface Sent {
  runs?: Runs;
  json?: unknown;
  signal?: AbortSignal;
  /** The page is going: the request outlives it. */
  isLast?: boolean;
}

const NO_CONNECTION = new Problem(0, "There is no connection to the server.", "What you painted and moved stays here. It is sent again by itself once the connection is back.");

/** Ask the server where what goes or comes is no JSON; raises `Problem` for every refusal and for a lost connection. */
export async function fetched(method: "GET" | "POST" | "DELETE", path: string, { runs, json, signal, isLast = false }: Sent = {}): Promise<Response> {
  const type = runs ? "application/octet-stream" : "application/json";
  const body = runs ? bytesOf(runs) : json === undefined ? null : JSON.stringify(json);
  const response = await reached(`/api/v1${path}`, {
    method,
    body,
    headers: body === null ? {} : { "Content-Type": type },
    signal: signal ?? null,
    credentials: "same-origin",
    keepalive: isLast,
  });
  if (response.status === 401) signedOut.call();
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function reached(path: string, asked: RequestInit): Promise<Response> {
  try {
    const response = await fetch(path, asked);
    isOnline.value = true;
    return response;
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === "AbortError") throw thrown;
    isOnline.value = false;
    throw NO_CONNECTION;
  }
}
