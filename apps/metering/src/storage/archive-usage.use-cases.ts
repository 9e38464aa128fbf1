import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { type Clock, DomainException, err, ok, type Result } from '@hetao/kernel';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { MeteringConfig } from '../metering.config.js';
import { formatInstant } from '../window/instant.js';
import { archiveErrors } from './archive.errors.js';
import { ArchiveWriter, contentOf, digestOf, readArchive } from './archive.file.js';
import { type Archive, ArchiveRepository } from './archive.repository.js';
import { dayStartMs } from './batch-no.js';
import { Partitions } from './partition.repository.js';

/** Brings days of raw usage into files that anybody can read, and back. */
@Injectable()
export class ArchiveUsage {
  constructor(
    private readonly archives: ArchiveRepository,
    private readonly partitions: Partitions,
    @Inject(SERVICE_CONFIG) private readonly config: Pick<MeteringConfig, 'METERING_ARCHIVE_DIR'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whether there is a place for archives. */
  get isConfigured(): boolean {
    return this.config.METERING_ARCHIVE_DIR !== '';
  }

  /**
   * Writes a day that is over into a Parquet file, reads it back, and notes it only when both say the same and it holds
   * every event that was ever acknowledged. Doing it again changes nothing.
   *
   * @throws DomainException ARCHIVE_INCOMPLETE, ARCHIVE_DAMAGED.
   */
  async archive(day: number): Promise<Archive> {
    const known = await this.archives.find(day);
    if (known) return known;
    await mkdir(this.config.METERING_ARCHIVE_DIR, { recursive: true });
    const file = `usage-${formatInstant(dayStartMs(day)).slice(0, 10)}.parquet`;
    const path = this.#pathOf(file);
    const draft = `${path}.draft`;
    const written = await this.#write(day, draft);
    await this.#verify(day, draft, written);
    const digest = await digestOf(draft);
    await rename(draft, path);
    const archive = { day, file, events: written.events, ...digest, archivedAt: this.clock.now() };
    await this.archives.add(archive);
    return { ...archive, droppedAt: null };
  }

  /** Drops a day whose archive was written; what is not archived stays. */
  async drop(day: number): Promise<void> {
    const archive = await this.archives.find(day);
    if (!archive || archive.droppedAt) return;
    await assertIntact(this.#pathOf(archive.file), archive);
    await this.partitions.drop(day);
    await this.archives.markDropped(day, this.clock.now());
  }

  /** Puts a dropped day back, so that its events can be queried again. */
  async restore(day: number): Promise<Result<Archive, ReturnType<(typeof archiveErrors)[keyof typeof archiveErrors]>>> {
    if (!this.isConfigured) return err(archiveErrors.ARCHIVE_NOT_CONFIGURED('METERING_ARCHIVE_DIR is empty.'));
    const archive = await this.archives.find(day);
    if (!archive) return err(archiveErrors.ARCHIVE_NOT_FOUND(`No archive of day ${day}.`));
    if (!archive.droppedAt) return err(archiveErrors.ARCHIVE_STILL_HERE(`${archive.file} was never dropped.`));
    const path = this.#pathOf(archive.file);
    await assertIntact(path, archive);
    await this.partitions.ensure(day);
    await this.archives.restore(day, readArchive(path));
    return ok({ ...archive, droppedAt: null });
  }

  async #write(day: number, draft: string) {
    const writer = await ArchiveWriter.create(draft);
    for await (const page of this.archives.events(day)) await writer.write(page);
    return writer.finish();
  }

  async #verify(day: number, draft: string, written: { events: number; content: Buffer }): Promise<void> {
    const accepted = await this.archives.accepted(day);
    if (written.events !== accepted) {
      await rm(draft, { force: true });
      const detail = `${accepted} events were accepted on the day, ${written.events} are stored.`;
      throw new DomainException(archiveErrors.ARCHIVE_INCOMPLETE(detail));
    }
    const read = await contentOf(draft);
    if (read.events === written.events && read.content.equals(written.content)) return;
    throw new DomainException(archiveErrors.ARCHIVE_DAMAGED(`${draft} does not say what was written to it.`));
  }

  #pathOf(file: string): string {
    return join(this.config.METERING_ARCHIVE_DIR, file);
  }
}

async function assertIntact(path: string, archive: Archive): Promise<void> {
  const digest = await digestOf(path).catch(() => undefined);
  if (digest?.sha256.equals(archive.sha256)) return;
  const found = digest ? `has SHA-256 ${digest.sha256.toString('hex')}` : 'is missing';
  throw new DomainException(archiveErrors.ARCHIVE_DAMAGED(`${archive.file} ${found}.`));
}
