import { Problem } from "@/api/problem";
import type { Upload } from "@/api/types";
import { isOnline, signedOut } from "@/api/client";

export interface Sending {
  done: Promise<Upload>;
  stop: () => void;
}

/** Send a file; `fetch` tells no progress of what it sends, so the older request does it. */
export function send(file: Blob, name: string, tell: (share: number) => void): Sending {
  const request = new XMLHttpRequest();
  const done = new Promise<Upload>((resolve, reject) => {
    request.open("POST", `/api/v1/uploads?name=${encodeURIComponent(name)}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "text";
    request.upload.addEventListener("progress", (event) => tell(event.lengthComputable ? event.loaded / event.total : 0));
    request.addEventListener("load", () => (request.status === 201 ? resolve(JSON.parse(request.responseText) as Upload) : reject(refusal(request))));
    request.addEventListener("abort", () => reject(new Problem(0, "Stopped.")));
    request.addEventListener("error", () => {
      isOnline.value = false;
      reject(new Problem(0, "The connection was lost while sending.", "Press “send again” once it is back."));
    });
    request.send(file);
  });
  return { done, stop: () => request.abort() };
}

function refusal(request: XMLHttpRequest): Problem {
  if (request.status === 401) signedOut.call();
  try {
    const told = JSON.parse(request.responseText) as Record<string, unknown>;
    return new Problem(request.status, String(told["detail"] ?? told["title"]), String(told["remedy"] ?? ""), told);
  } catch {
    return new Problem(request.status, request.status === 413 ? "The file is larger than the server takes." : "The server did not take the file.");
  }
}
