import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const OWNER_ONLY = 0o600;

/** API keys of the demo's members by e-mail address, kept in a file that only its owner reads. */
export class DemoKeys {
  #written: Promise<void> = Promise.resolve();

  private constructor(
    private readonly path: string,
    private readonly keys: Map<string, string>,
  ) {}

  /** A file that is missing or damaged is one without keys: each can be made anew. */
  static async open(path: string): Promise<DemoKeys> {
    try {
      const kept: unknown = JSON.parse(await readFile(path, 'utf8'));
      const entries = Object.entries(kept ?? {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      );
      return new DemoKeys(path, new Map(entries));
    } catch {
      return new DemoKeys(path, new Map());
    }
  }

  get(email: string): string | undefined {
    return this.keys.get(email);
  }

  /** Keeps a key; it is on disk when the promise resolves. One write at a time, each with all keys known by then. */
  async put(email: string, key: string): Promise<void> {
    this.keys.set(email, key);
    this.#written = this.#written.then(() => this.#write());
    await this.#written;
  }

  async #write(): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    await writeFile(`${this.path}.draft`, JSON.stringify(Object.fromEntries(this.keys), null, 2), { mode: OWNER_ONLY });
    await rename(`${this.path}.draft`, this.path);
  }
}
