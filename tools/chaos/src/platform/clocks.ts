import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServiceProcess } from '@hetao/testing';

/** The wall clocks of the services: each can be put wrong, and right again. See jumping-clock.mjs for how it is done. */
export class Clocks {
  private constructor(private readonly folder: string) {}

  static async in(folder: string): Promise<Clocks> {
    await mkdir(folder);
    return new Clocks(folder);
  }

  /** What a service is started with, so that its clock can be moved. */
  environment(repositoryRoot: string): Readonly<Record<string, string>> {
    const hook = pathToFileURL(join(repositoryRoot, 'tools/chaos/src/platform/jumping-clock.mjs'));
    return { CHAOS_CLOCKS: this.folder, NODE_OPTIONS: `--import=${hook.href}` };
  }

  /** From now on the service's clock is wrong by `byMs`, also when it starts anew meanwhile. */
  async put(service: ServiceProcess, byMs: number): Promise<void> {
    await writeFile(join(this.folder, new URL(service.url).port), String(byMs));
    service.signal('SIGUSR2');
  }
}
