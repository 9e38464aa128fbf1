import { Controller } from '@nestjs/common';
import { RecordSealedV1, ReleaseIssuedV1, type ReceivedEvent } from '@hetao/events';
import { DomainException } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { parseCheckpoint, parseNote, verifyInclusion } from '@hetao/proofs';
import type { ReleaseLogReceipt } from '@hetao/rules';
import { Handles } from '@hetao/runtime';
import { ReleaseDesk } from './release-desk.use-cases.js';
import { releaseErrors } from './release.errors.js';
import { ReleaseRepository } from './release.repository.js';

/** Hears where the transparency log has the issue of a release, and signs its token anew with that receipt in it. */
@Controller()
export class SealReleaseSubscriber {
  readonly #releases: ReleaseRepository;
  readonly #desk: ReleaseDesk;

  constructor(releases: ReleaseRepository, desk: ReleaseDesk) {
    this.#releases = releases;
    this.#desk = desk;
  }

  @Handles(RecordSealedV1)
  async recordSealed({ data }: ReceivedEvent<RecordSealedV1>, tx: Tx): Promise<void> {
    if (data.record !== ReleaseIssuedV1.type) return;
    const release = await this.#releases.load(tx, data.recordSubject);
    // A release is issued once, so a second receipt could only be another's; the first stays.
    if (release === null || release.logReceipt !== null) return;
    const receipt = receiptOf(data);
    await this.#releases.saveReceipt(tx, release.id, receipt, await this.#desk.sealed(release, receipt));
  }
}

/** The receipt, after its path was followed to the root that the checkpoint names. @throws DomainException RELEASE_RECEIPT_INVALID. */
function receiptOf(data: RecordSealedV1): ReleaseLogReceipt {
  const { leafHash, leafIndex: index, treeSize: size, rootHash: root, inclusionPath: path } = data;
  const signed = parseCheckpoint(parseNote(data.checkpoint)?.text ?? '');
  const included = verifyInclusion({ leafHash, index, size, path, root });
  if (!included || signed?.root !== root || signed.size !== size) {
    throw new DomainException(
      releaseErrors.RELEASE_RECEIPT_INVALID(
        `Record ${data.recordId} of ${data.recordSubject}: leaf ${index} of ${size}.`,
      ),
    );
  }
  return {
    record_id: data.recordId,
    leaf_hash: leafHash,
    leaf_index: index,
    tree_size: size,
    inclusion_path: [...path],
    checkpoint: data.checkpoint,
  };
}
