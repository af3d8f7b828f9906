import { signal } from "@preact/signals";
import { Problem, problemOf } from "./problem";

/** Whether the server was reached last time. */
export const isOnline = signal(true);

/** Called when the session has ended; the shell sets it, and keeps where the person was. */
export const signedOut: { call: () => void } = { call: () => undefined };

export interface Asked {
  body?: unknown;
  /** The version that a change is made from: sent as If-Match. */
  madeFrom?: string;
  signal?: AbortSignal;
  /** Wrong credentials answer 401 too; they do not end a session. */
  isSignIn?: boolean;
}

export interface Answer<T> {
  body: T;
  etag: string;
  headers: Headers;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Ask the server; raises `Problem` for every refusal and for a lost connection. */
export async function ask<T>(method: Method, path: string, asked: Asked = {}): Promise<Answer<T>> {
  const response = await reach(method, path, asked);
  if (response.status === 401 && !asked.isSignIn) signedOut.call();
  if (!response.ok) throw await problemOf(response);
  const isJson = response.status !== 204 && (response.headers.get("Content-Type")?.includes("json") ?? false);
  const body = (isJson ? await response.json() : undefined) as T;
  return { body, etag: response.headers.get("ETag") ?? "", headers: response.headers };
}

async function reach(method: Method, path: string, asked: Asked): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (asked.body !== undefined) headers["Content-Type"] = "application/json";
  if (asked.madeFrom) headers["If-Match"] = asked.madeFrom;
  try {
    const body = asked.body === undefined ? null : JSON.stringify(asked.body);
    const response = await fetch(`/api/v1${path}`, { method, headers, body, signal: asked.signal ?? null, credentials: "same-origin" });
    isOnline.value = true;
    return response;
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === "AbortError") throw thrown;
    isOnline.value = false;
    throw new Problem(0, "There is no connection to the server.", "What you typed stays here. It is tried again by itself once the connection is back.");
  }
}

export const get = async <T>(path: string, asked: Asked = {}): Promise<T> => (await ask<T>("GET", path, asked)).body;
export const post = async <T>(path: string, body: unknown = {}, asked: Asked = {}): Promise<T> => (await ask<T>("POST", path, { ...asked, body })).body;
export const put = async <T>(path: string, body: unknown, asked: Asked = {}): Promise<T> => (await ask<T>("PUT", path, { ...asked, body })).body;
export const patch = async <T>(path: string, body: unknown): Promise<T> => (await ask<T>("PATCH", path, { body })).body;
export const remove = async <T>(path: string): Promise<T> => (await ask<T>("DELETE", path, { body: {} })).body;

/** `?a=1&b=2` of what is given; empty values are left out. */
export function queryOf(values: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  const words = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return words && `?${words}`;
}
