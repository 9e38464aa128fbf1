import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** What is written between asking and setting: a size below what is there would be refused. */
const MARGIN_BYTES = 1024 ** 2;
const TRIES = 5;
/** Seven databases with their logs of a long campaign; a tmpfs takes memory only for what is written. */
const ROOM_BYTES = 3 * 1024 ** 3;

/** A disk that is full when we say so: a tmpfs whose size is set to what it holds, and back. */
export class SmallDisk {
  private constructor(private readonly folder: string) {}

  /** @returns undefined where this machine lets us mount nothing: then no disk is filled. */
  static async at(folder: string): Promise<SmallDisk | undefined> {
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${ROOM_BYTES},mode=0755`, 'hetao-chaos', folder]);
      return new SmallDisk(folder);
    } catch {
      return undefined;
    }
  }

  /** From now on hardly anything more can be written. */
  async fill(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const { blocks, bfree, bsize } = await statfs(this.folder);
      try {
        return await this.#resize((blocks - bfree) * bsize + MARGIN_BYTES);
      } catch (error) {
        if (tries === TRIES) throw error;
      }
    }
  }

  makeRoom(): Promise<void> {
    return this.#resize(ROOM_BYTES);
  }

  async remove(): Promise<void> {
    await run('umount', [this.folder]);
  }

  async #resize(bytes: number): Promise<void> {
    await run('mount', ['-o', `remount,size=${bytes}`, this.folder]);
  }
}
