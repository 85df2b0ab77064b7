/** A supergraph in a file: read, and read again when it has changed. */

import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Editors and composers write a file in several steps; what follows so soon is the same change. */
const SETTLED_MS = 50;

export class SupergraphFile {
  #text: string;

  private constructor(
    readonly path: string,
    text: string,
  ) {
    this.#text = text;
  }

  /** Rejects with a message that names the file where it cannot be read. */
  static async read(path: string): Promise<SupergraphFile> {
    return new SupergraphFile(path, await textOf(path));
  }

  /** As last read. */
  get text(): string {
    return this.#text;
  }

  /** Calls back with every other content, or with why it cannot be read; returns what ends that. */
  onChange(changed: (text: string) => void, failed: (error: Error) => void): () => void {
    const readAgain = async () => {
      const text = await textOf(this.path);
      if (text === this.#text) return;
      this.#text = text;
      changed(text);
    };
    let settled: NodeJS.Timeout | undefined;
    const lookSoon = () => {
      clearTimeout(settled);
      settled = setTimeout(() => void readAgain().catch(failed), SETTLED_MS);
    };
    // The folder, and whatever changes in it: a file that is replaced is not watched any more, and one
    // behind a link, as containers mount them, changes under another name.
    const watcher = watch(dirname(this.path), lookSoon);
    watcher.on('error', failed);
    // It may have changed since it was read.
    lookSoon();
    return () => {
      clearTimeout(settled);
      watcher.close();
    };
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`The supergraph ${path} cannot be read: ${(error as Error).message}`);
  }
}
