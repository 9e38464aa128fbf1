import { Inject, Injectable } from '@nestjs/common';
import { DomainException, type Clock } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { appendLeaves, edgeFrom, edgeRoot, edgeTiles, emptyEdge } from '@hetao/proofs';
import { CLOCK } from '@hetao/runtime';
import { logErrors } from './log.errors.js';
import { LogRepository } from './log.repository.js';
import { LogSigner } from './log.signer.js';
import { nativeTree } from './native.hasher.js';

/** Entries under one checkpoint at most: keeps the transaction short. */
const BATCH = 5_000;
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
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, log: LogRepository, signer: LogSigner, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#log = log;
    this.#signer = signer;
    this.#clock = clock;
  }

  /** Seals what had committed before the call. @returns how many entries went in. */
  async execute(): Promise<number> {
    let total = 0;
    for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
      const sealed = await this.#uow.run((tx) => this.#sealBatch(tx));
      total += sealed;
      if (sealed < BATCH) break;
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
          this.#clock.now(),
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

  async #sealBatch(tx: Tx): Promise<number> {
    await this.#log.lock(tx);
    const entries = await this.#log.waiting(tx, BATCH);
    if (entries.length === 0) return 0;
    const size = (await this.#log.head(tx))?.size ?? 0;
    const leaves = entries.map(({ leafHash }) => leafHash);
    const { edge, tiles } = appendLeaves(nativeTree, await this.#edge(tx, size), leaves);
    const root = edgeRoot(nativeTree, edge);
    await this.#log.place(
      tx,
      entries.map(({ key }) => key),
      size,
    );
    await this.#log.writeTiles(tx, tiles);
    const note = await this.#signer.sign(edge.size, root);
    await this.#log.writeCheckpoint(tx, { size: edge.size, root, note }, this.#clock.now());
    return entries.length;
  }

  async #edge(tx: Tx, size: number) {
    return edgeFrom(size, await this.#log.tiles(tx, edgeTiles(size)));
  }
}
