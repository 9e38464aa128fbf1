import { Inject, Injectable } from '@nestjs/common';
import { type Clock, DomainException, newId } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import type { UsageSender } from '../../entitlement/entitlement.js';
import { CountingQueue } from '../counting.queue.js';
import { isBlank, sliceOfLine } from '../event-lines.js';
import { itemsOf } from '../ingest-usage.use-cases.js';
import { type ReadEvent, readUsageEvent } from '../usage-event.js';
import { LineReader, type UploadLine } from './line-reader.js';
import { uploadErrors } from './upload.errors.js';
import { type Upload, type UploadFault, UploadRepository } from './upload.repository.js';

/** A part of a file. */
export interface UploadPart {
  /** Place of its first byte in the file. */
  readonly offset: number;
  /** The file ends with it. */
  readonly isLast: boolean;
  readonly content: AsyncIterable<Uint8Array>;
}

/** So many lines are counted in one transaction, and progress is noted with them. */
const LINES_AT_ONCE = 2_000;
/** Most bytes of one part: what a sender can pass on in the time that a request may take. */
export const maxPartBytes = 64 * 1024 * 1024;

/**
 * Takes files of usage. A part is counted while it comes in; each step and the progress become durable together, so that
 * an upload that breaks off goes on at exactly the first line that was not counted.
 */
@Injectable()
export class TakeUpload {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly uploads: UploadRepository,
    private readonly queue: CountingQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async begin(sender: UsageSender, name: string): Promise<Upload> {
    const uploadId = newId('upl');
    const upload = { uploadId, senderId: sender.senderId, name, createdAt: this.clock.now() };
    await this.uow.run((tx) => this.uploads.add(tx, upload));
    return this.mine(sender.senderId, uploadId);
  }

  /** @throws DomainException UPLOAD_NOT_FOUND, also where it is somebody else's. */
  async mine(senderId: string, uploadId: string): Promise<Upload> {
    const upload = await this.uploads.find(uploadId);
    if (upload?.senderId === senderId) return upload;
    throw new DomainException(uploadErrors.UPLOAD_NOT_FOUND(`No upload ${uploadId}.`));
  }

  /**
   * Counts the whole lines of a part; returns how far the upload is then.
   *
   * @throws DomainException UPLOAD_NOT_FOUND, UPLOAD_COMPLETED, UPLOAD_OFFSET_WRONG, UPLOAD_PART_TOO_LARGE,
   *   USAGE_BACKLOG_FULL. What was counted before stays counted.
   */
  async take(sender: UsageSender, uploadId: string, part: UploadPart): Promise<Upload> {
    const upload = await this.mine(sender.senderId, uploadId);
    assertGoesOn(upload, part);
    const progress = new Progress(upload);
    const reader = new LineReader(part.offset);
    let bytes = 0;
    for await (const chunk of part.content) {
      bytes += chunk.length;
      for (const line of reader.push(chunk)) {
        progress.add(line);
        if (progress.isFull) await this.#count(sender, uploadId, progress);
      }
      if (bytes > maxPartBytes) {
        await this.#count(sender, uploadId, progress);
        throw new DomainException(uploadErrors.UPLOAD_PART_TOO_LARGE(`It has more than ${maxPartBytes} bytes.`));
      }
    }
    const rest = part.isLast ? reader.rest() : undefined;
    if (rest) progress.add(rest);
    await this.#count(sender, uploadId, progress);
    if (part.isLast) await this.uow.run((tx) => this.uploads.complete(tx, uploadId, this.clock.now()));
    return this.mine(sender.senderId, uploadId);
  }

  async #count(sender: UsageSender, uploadId: string, progress: Progress): Promise<void> {
    if (progress.lines.length === 0) return;
    const at = this.clock.now();
    const { read, numbers } = readLines(progress, at.getTime());
    const step = { ...progress.step(), uploadId, at };
    const events = read.flatMap((one) => (one.ok ? [one.value] : []));
    await this.queue.submit({
      batchId: newId('bat'),
      sender,
      receivedAtMs: at.getTime(),
      unreadable: read.length - events.length,
      events,
      together: async (tx, { outcomes, counts }) => {
        await this.uploads.advance(tx, step, counts);
        await this.uploads.addFaults(tx, uploadId, faultsOf(itemsOf(read, outcomes), numbers));
      },
    });
    progress.counted();
  }
}

/** The lines that wait to be counted, and where they stand. */
class Progress {
  lines: UploadLine[] = [];
  #offset: number;
  #line: number;

  constructor({ nextOffset, lines }: Upload) {
    this.#offset = nextOffset;
    this.#line = lines;
  }

  add(line: UploadLine): void {
    this.lines.push(line);
  }

  get isFull(): boolean {
    return this.lines.length >= LINES_AT_ONCE;
  }

  /** Number of the first waiting line, from 1. */
  get firstLine(): number {
    return this.#line + 1;
  }

  step() {
    const toOffset = this.lines.at(-1)?.endOffset ?? this.#offset;
    return { fromOffset: this.#offset, toOffset, lines: this.lines.length };
  }

  counted(): void {
    this.#offset = this.step().toOffset;
    this.#line += this.lines.length;
    this.lines = [];
  }
}

/** Empty lines count as lines, so that numbers are those an editor shows, and as nothing else. */
function readLines({ lines, firstLine }: Progress, nowMs: number) {
  const read: ReadEvent[] = [];
  const numbers: number[] = [];
  lines.forEach(({ bytes }, at) => {
    if (isBlank(bytes, 0, bytes.length)) return;
    read.push(readUsageEvent(sliceOfLine(bytes), nowMs));
    numbers.push(firstLine + at);
  });
  return { read, numbers };
}

function faultsOf(items: ReturnType<typeof itemsOf>, numbers: readonly number[]): readonly UploadFault[] {
  return items.flatMap(({ id, outcome }, at) => {
    if (!('error' in outcome)) return [];
    const { code, detail, fix, pointer } = outcome.error;
    const fault = { code, detail, fix, ...(pointer === undefined ? {} : { pointer }) };
    return [{ line: numbers[at] ?? 0, eventId: id, status: outcome.status, fault }];
  });
}

function assertGoesOn(upload: Upload, part: UploadPart): void {
  if (upload.state === 'completed') {
    throw new DomainException(uploadErrors.UPLOAD_COMPLETED(`Upload ${upload.uploadId} took all of its file.`));
  }
  if (part.offset === upload.nextOffset) return;
  throw new DomainException(
    uploadErrors.UPLOAD_OFFSET_WRONG(`The part begins at ${part.offset}; the upload goes on at ${upload.nextOffset}.`, {
      meta: { next_offset: upload.nextOffset },
    }),
  );
}
