import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { sha256Hex } from '@hetao/proofs';
import { CLOCK } from '@hetao/runtime';
import { seesEveryTenant, type Reader } from '../shared/reader.js';
import { MAX_FILES, mediaTypeOf } from './consultation-file.js';
import { consultationErrors } from './consultation.errors.js';
import { ConsultationRepository } from './consultation.repository.js';

/** A file as it is kept with a consultation; its hash is its name. */
export interface KeptFile {
  readonly sha256: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
}

/** Keeps files beside a consultation, for those who take part in it. */
@Injectable()
export class KeepFile {
  readonly #uow: UnitOfWork;
  readonly #threads: ConsultationRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, threads: ConsultationRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#threads = threads;
    this.#clock = clock;
  }

  /** The same bytes again are the same file: nothing is kept twice. */
  async execute(id: string, name: string, bytes: Uint8Array, by: Reader): Promise<Result<KeptFile, DomainError>> {
    const mediaType = mediaTypeOf(bytes, await sniff(bytes));
    if (!mediaType.ok) return mediaType;
    const file: KeptFile = { sha256: sha256Hex(bytes), name, mediaType: mediaType.value, size: bytes.length };
    return this.#uow.runResult(async (tx): Promise<Result<KeptFile, DomainError>> => {
      const thread = await this.#threads.load(tx, id);
      if (thread === null || !(thread.organisationId === by.organisationId || seesEveryTenant(by))) {
        return err(consultationErrors.CONSULTATION_UNKNOWN(`There is no consultation ${id} that you may see.`));
      }
      if (thread.status === 'closed')
        return err(consultationErrors.CONSULTATION_CLOSED(`Consultation ${id} is closed.`));
      const kept = await this.#threads.filesOf(tx, id);
      if (kept.includes(file.sha256)) return ok(file);
      if (kept.length >= MAX_FILES) {
        return err(consultationErrors.CONSULTATION_FILE_REFUSED(`Consultation ${id} has ${MAX_FILES} files.`));
      }
      await this.#threads.keepFile(tx, id, { ...file, content: bytes }, { by: by.subject, at: this.#clock.now() });
      return ok(file);
    });
  }
}

/** The reader of signatures is loaded when the first file comes. */
async function sniff(bytes: Uint8Array): Promise<string | null> {
  const { fileTypeFromBuffer } = await import('file-type');
  return (await fileTypeFromBuffer(bytes))?.mime ?? null;
}
