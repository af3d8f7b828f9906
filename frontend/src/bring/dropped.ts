import { plainName, type Named } from "./zip";
import { take } from "./draft";

/** Take what was dropped: files one by one, a folder as one piece. */
export async function takeDropped(transfer: DataTransfer): Promise<void> {
  // The list is emptied as soon as this turn ends, so the entries are read out first.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  for (const entry of entries) {
    if (entry.isDirectory) takeFolder(entry.name, await within(entry as FileSystemDirectoryEntry));
    else take(entry.name, await fileOf(entry as FileSystemFileEntry));
  }
}

/** Take what was chosen in the browser's own window. */
export function takeChosen(list: FileList): void {
  const files = [...list];
  const folder = files[0]?.webkitRelativePath.split("/")[0];
  if (folder) takeFolder(folder, files);
  else for (const file of files) take(file.name, file);
}

function takeFolder(name: string, files: readonly File[]): void {
  const seen = files.filter((file) => !file.name.startsWith("."));
  const named: Named[] = seen.map((file, nth) => ({ path: plainName(file.name, nth), file }));
  if (named.length > 0) take(`${name} (${named.length} files)`, named);
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> => new Promise((resolve, reject) => entry.file(resolve, reject));

async function within(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = folder.createReader();
  const found: File[] = [];
  // A browser hands a folder out in parts; an empty part is the end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return found;
    for (const entry of part) {
      if (entry.isDirectory) found.push(...(await within(entry as FileSystemDirectoryEntry)));
      else found.push(await fileOf(entry as FileSystemFileEntry));
    }
  }
}
