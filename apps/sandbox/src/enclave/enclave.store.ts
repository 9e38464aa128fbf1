import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { SandboxConfig } from '../sandbox.config.js';
import type { SessionTable } from '../compute/sql.session.js';
import { seenColumns, type DatasetVersion } from './enclave.js';

const PRIVATE = 0o700;
const PARQUET = Buffer.from('PAR1');

/** The enclaves' folder: uploads that wait, and one folder a version that never changes. */
@Injectable()
export class EnclaveStore {
  readonly #root: string;

  constructor(@Inject(SERVICE_CONFIG) config: SandboxConfig) {
    this.#root = config.SANDBOX_DATA_DIR;
  }

  /** Keeps an upload until it is admitted. False when it does not begin and end as a Parquet file does. */
  async stage(enclaveId: string, table: string, bytes: Uint8Array): Promise<boolean> {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const isParquet =
      file.subarray(0, PARQUET.length).equals(PARQUET) && file.subarray(-PARQUET.length).equals(PARQUET);
    if (!isParquet) return false;
    await mkdir(this.#staging(enclaveId), { recursive: true, mode: PRIVATE });
    const path = this.stagedPath(enclaveId, table);
    await writeFile(`${path}.draft`, file, { mode: 0o600 });
    await rename(`${path}.draft`, path);
    return true;
  }

  /** The tables that wait in files. */
  async staged(enclaveId: string): Promise<readonly string[]> {
    const names = await readdir(this.#staging(enclaveId)).catch(() => []);
    return names.filter((name) => name.endsWith('.parquet')).map((name) => name.replace(/\.parquet$/, ''));
  }

  stagedPath(enclaveId: string, table: string): string {
    return join(this.#staging(enclaveId), `${table}.parquet`);
  }

  async clearStaged(enclaveId: string): Promise<void> {
    await rm(this.#staging(enclaveId), { recursive: true, force: true });
  }

  /** The folder of a version, made. */
  async makeFolder(enclaveId: string, versionId: string): Promise<string> {
    const folder = join(this.#root, enclaveId, versionId);
    await mkdir(folder, { recursive: true, mode: PRIVATE });
    return folder;
  }

  async removeFolder(enclaveId: string, versionId: string): Promise<void> {
    await rm(join(this.#root, enclaveId, versionId), { recursive: true, force: true });
  }

  /** As it is kept in rows: an exchange may be moved. */
  relative(path: string): string {
    return relative(this.#root, path);
  }

  absolute(path: string): string {
    return join(this.#root, path);
  }

  /** Where the numbers of a version's patients are. */
  numbersOf({ enclaveId, id }: Pick<DatasetVersion, 'enclaveId' | 'id'>): string {
    return join(this.#root, enclaveId, id, 'numbers.parquet');
  }

  /** The tables of a version as a session sees them: the data, or its twin. */
  sessionTables(version: DatasetVersion, of: 'data' | 'twin'): readonly SessionTable[] {
    return version.tables.map((table) => ({
      name: table.name,
      path: this.absolute(of === 'data' ? table.path : table.twinPath),
      select: seenColumns(table),
    }));
  }

  /** The tables of a version whose files are not what was admitted: changed, cut off or gone. */
  async changed(version: DatasetVersion): Promise<readonly string[]> {
    const changed: string[] = [];
    for (const { name, path, sha256 } of version.tables)
      if ((await sha256Of(this.absolute(path))) !== sha256) changed.push(name);
    return changed;
  }

  #staging(enclaveId: string): string {
    return join(this.#root, enclaveId, 'staged');
  }
}

/** Of a file's content; null when it cannot be read. */
async function sha256Of(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
    return hash.digest('hex');
  } catch {
    return null;
  }
}
