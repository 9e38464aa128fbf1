import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { UsageError } from './exit.js';

const profilesFile = z.object({
  current: z.string().optional(),
  profiles: z.record(z.string(), z.object({ url: z.string(), key: z.string() })),
});

/** Where an exchange is, and by which key one is known there. */
export interface Profile {
  readonly url: string;
  readonly key: string;
}

const OWNER_ONLY = 0o600;
const NAME = /^[\w.-]{1,60}$/;

/** The keys of this user, in one file that nobody else may read. */
export class Profiles {
  readonly path: string;

  constructor(env: Readonly<Record<string, string | undefined>>) {
    const folder = env['HETAO_CONFIG'] ?? join(env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'hetao');
    this.path = join(folder, 'profiles.json');
  }

  /** @param name the current one by default. @returns undefined when there is none of that name */
  async find(name?: string): Promise<Profile | undefined> {
    const { current, profiles } = await this.#read();
    return profiles[name ?? current ?? 'default'];
  }

  /** Keeps a profile, and makes it the current one. */
  async keep(name: string, profile: Profile): Promise<void> {
    if (!NAME.test(name)) throw new UsageError(`"${name}" is no name for a profile: letters, digits, ., _ and -.`);
    const { profiles } = await this.#read();
    await this.#write({ current: name, profiles: { ...profiles, [name]: profile } });
  }

  /** @returns whether there was one */
  async forget(name = 'default'): Promise<boolean> {
    const { current, profiles } = await this.#read();
    const { [name]: known, ...others } = profiles;
    await this.#write({ ...(current === name ? {} : { current }), profiles: others });
    return known !== undefined;
  }

  async #read(): Promise<z.output<typeof profilesFile>> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{"profiles":{}}';
      throw error;
    });
    try {
      return profilesFile.parse(JSON.parse(text));
    } catch (cause) {
      throw new UsageError(`${this.path} is not what it should be. Delete it and sign in again: hetao login`, {
        cause,
      });
    }
  }

  async #write(content: z.output<typeof profilesFile>): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    const draft = `${this.path}.${process.pid}`;
    await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: OWNER_ONLY });
    // Also where the draft was left by somebody with another mask.
    await chmod(draft, OWNER_ONLY);
    await rename(draft, this.path);
  }
}
