import { Injectable } from '@nestjs/common';
import { RecordSealedV1 } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { appendedReader, TileTree, type Appended } from '@hetao/proofs';
import type { StoredCheckpoint, WaitingEntry } from './log.repository.js';
import { nativeTree } from './native.hasher.js';

/** What was put under a checkpoint: entries in the order of the log, from leaf `first` on. */
export interface SealedBatch {
  readonly entries: readonly WaitingEntry[];
  readonly first: number;
  readonly appended: Appended;
  readonly checkpoint: StoredCheckpoint;
  readonly at: Date;
}

/** Tells the services whose statements were logged where in the log they stand, in the transaction that put them there. */
@Injectable()
export class RecordAnnouncer {
  /** States {@link RecordSealedV1} for each entry that somebody waits for; proofs come from memory, not from the store. */
  async announce(tx: Tx, { entries, first, appended, checkpoint, at }: SealedBatch): Promise<void> {
    const places = new Map(
      entries.flatMap(({ key, leafHash, announced }, i) => (announced ? [[key, { leafHash, index: first + i }]] : [])),
    );
    if (places.size === 0) return;
    const tree = new TileTree(nativeTree, appendedReader(appended));
    const known = await tx.query<{ id: string; record: string; subject: string }>(
      'SELECT id, record, subject FROM records WHERE id = ANY ($1)',
      [[...places.keys()]],
    );
    const { size, root, note } = checkpoint;
    // A record whose salt was erased before its turn is sealed all the same, and nobody is told.
    const about = new Map(known.map((row) => [row.id, row]));
    for (const [recordId, { leafHash, index }] of places) {
      const row = about.get(recordId);
      if (row === undefined) continue;
      tx.append(RecordSealedV1, {
        recordId,
        record: row.record,
        recordSubject: row.subject,
        leafHash: Buffer.from(leafHash).toString('hex'),
        leafIndex: index,
        treeSize: size,
        rootHash: root,
        inclusionPath: [...(await tree.inclusionProof(index, size))],
        checkpoint: note,
        sealedAt: at.toISOString(),
      });
    }
  }
}
