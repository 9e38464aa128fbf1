import { Injectable } from '@nestjs/common';
import { DomainException } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { appendLeaves, edgeFrom, edgeRoot, edgeTiles, emptyEdge } from '@hetao/proofs';
import { logErrors } from './log.errors.js';
import { isAccused, LogRepository, type WaitingEntry } from './log.repository.js';
import { LogSigner } from './log.signer.js';
import { nativeTree } from './native.hasher.js';
import { RecordAnnouncer } from './record.announcer.js';

/** Entries under one checkpoint at most: keeps the transaction short. */
const BATCH = 5_000;
/**
 * Entries among them whose place is stated as an event: each costs a proof and a row in the outbox, and its lock there,
 * so a flood of them makes checkpoints smaller instead of the transaction longer.
 */
const ANNOUNCED = 100;
/** Batches of one call; the rest waits for the next. */
const MAX_BATCHES = 200;

/**
 * Moves waiting entries into the log: places, tiles and the signed checkpoint commit together, so a checkpoint that
 * anybody has seen covers only what is durable. Any number may call it at once, in any number of processes.
 */
@Injectable()
export class SealLog {
  readonly #uow: UnitOfWork;
  readonly #log: LogRepository;
  readonly #signer: LogSigner;
  readonly #announcer: RecordAnnouncer;
  readonly #listeners: ((seconds: number) => void)[] = [];

  constructor(uow: UnitOfWork, log: LogRepository, signer: LogSigner, announcer: RecordAnnouncer) {
    this.#uow = uow;
    this.#log = log;
    this.#signer = signer;
    this.#announcer = announcer;
  }

  /** Tells a listener, after each checkpoint, how many seconds the oldest entry under it had waited. */
  onSealed(listener: (seconds: number) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Seals what had committed before the call; nothing while an alarm about this very log stands, since whoever signs on
   * then makes a fork longer. @returns how many entries went in.
   */
  async execute(): Promise<number> {
    let total = 0;
    for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
      const { sealed, more } = await this.#uow.run((tx) => this.#sealBatch(tx));
      total += sealed;
      if (!more) break;
    }
    return total;
  }

  /**
   * Looks at the stored log before anything is added to it, and signs the empty one.
   *
   * @throws DomainException LOG_DAMAGED when tiles, checkpoint, origin and key do not belong together.
   */
  async open(): Promise<void> {
    await this.#uow.run(async (tx) => {
      await this.#log.lock(tx);
      const head = await this.#log.head(tx);
      if (head === null) {
        const root = edgeRoot(nativeTree, emptyEdge);
        await this.#log.writeCheckpoint(
          tx,
          { size: 0, root, note: await this.#signer.sign(0, root) },
          this.#signer.now(),
        );
        return;
      }
      const root = await this.#edge(tx, head.size).then(
        (edge) => edgeRoot(nativeTree, edge),
        () => undefined,
      );
      if (root === head.root && (await this.#signer.owns(head.note, head.size, head.root))) return;
      throw new DomainException(
        logErrors.LOG_DAMAGED(
          `The checkpoint of ${head.size} leaves does not fit the stored tiles, ATTESTATION_ORIGIN or ATTESTATION_LOG_KEY.`,
        ),
      );
    });
  }

  async #sealBatch(tx: Tx): Promise<{ readonly sealed: number; readonly more: boolean }> {
    await this.#log.lock(tx);
    if (await isAccused(tx, this.#signer.origin)) return { sealed: 0, more: false };
    const waiting = await this.#log.waiting(tx, BATCH);
    const waited = await this.#log.longestWait(tx);
    const entries = waiting.slice(0, endOfBatch(waiting));
    if (entries.length === 0) return { sealed: 0, more: false };
    const size = (await this.#log.head(tx))?.size ?? 0;
    const leaves = entries.map(({ leafHash }) => leafHash);
    const appended = appendLeaves(nativeTree, await this.#edge(tx, size), leaves);
    const { edge, tiles } = appended;
    const root = edgeRoot(nativeTree, edge);
    await this.#log.place(
      tx,
      entries.map(({ key }) => key),
      size,
    );
    await this.#log.writeTiles(tx, tiles);
    const at = this.#signer.now();
    const checkpoint = { size: edge.size, root, note: await this.#signer.sign(edge.size, root) };
    await this.#log.writeCheckpoint(tx, checkpoint, at);
    await this.#announcer.announce(tx, { entries, first: size, appended, checkpoint, at });
    tx.onCommitted(() => {
      for (const listener of this.#listeners) listener(waited);
    });
    return { sealed: entries.length, more: waiting.length === BATCH || entries.length < waiting.length };
  }

  async #edge(tx: Tx, size: number) {
    return edgeFrom(size, await this.#log.tiles(tx, edgeTiles(size)));
  }
}

/** How many of the waiting entries go under one checkpoint. */
function endOfBatch(waiting: readonly WaitingEntry[]): number {
  let announced = 0;
  const first = waiting.findIndex((entry) => entry.announced && (announced += 1) > ANNOUNCED);
  return first === -1 ? waiting.length : first;
}
