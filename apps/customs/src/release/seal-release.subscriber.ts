import { Controller, Inject } from '@nestjs/common';
import type { Logger } from 'pino';
import { RecordSealedV1, ReleaseIssuedV1, type ReceivedEvent } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { parseCheckpoint, parseNote, verifyInclusion } from '@hetao/proofs';
import type { ReleaseLogReceipt } from '@hetao/rules';
import { Handles, LOGGER } from '@hetao/runtime';
import { ReleaseDesk } from './release-desk.use-cases.js';
import { ReleaseRepository } from './release.repository.js';

/** Hears where the transparency log has the issue of a release, and signs its token anew with that receipt in it. */
@Controller()
export class SealReleaseSubscriber {
  readonly #releases: ReleaseRepository;
  readonly #desk: ReleaseDesk;
  readonly #logger: Logger;

  constructor(releases: ReleaseRepository, desk: ReleaseDesk, @Inject(LOGGER) logger: Logger) {
    this.#releases = releases;
    this.#desk = desk;
    this.#logger = logger;
  }

  @Handles(RecordSealedV1)
  async recordSealed({ data }: ReceivedEvent<RecordSealedV1>, tx: Tx): Promise<void> {
    if (data.record !== ReleaseIssuedV1.type) return;
    const release = await this.#releases.load(tx, data.recordSubject);
    // A release is issued once, so a second receipt could only be another's; the first stays.
    if (release === null || release.logReceipt !== null) return;
    const receipt = receiptOf(data);
    if (receipt === null) {
      // Said once more it would be as wrong: nothing is stored, and somebody has to look at the log.
      this.#logger.error({ release: release.id, record: data.recordId }, 'A receipt of the log does not hold');
      return;
    }
    await this.#releases.saveReceipt(tx, release.id, receipt, await this.#desk.sealed(release, receipt));
  }
}

/** The receipt, after its path was followed to the root that the checkpoint names; null where it leads elsewhere. */
function receiptOf(data: RecordSealedV1): ReleaseLogReceipt | null {
  const { leafHash, leafIndex: index, treeSize: size, rootHash: root, inclusionPath: path } = data;
  const signed = parseCheckpoint(parseNote(data.checkpoint)?.text ?? '');
  const included = verifyInclusion({ leafHash, index, size, path, root });
  if (!included || signed?.root !== root || signed.size !== size) return null;
  return {
    record_id: data.recordId,
    leaf_hash: leafHash,
    leaf_index: index,
    tree_size: size,
    inclusion_path: [...path],
    checkpoint: data.checkpoint,
  };
}
