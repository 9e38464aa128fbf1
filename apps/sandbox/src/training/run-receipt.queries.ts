import { Injectable } from '@nestjs/common';
import { err, ok, type Reader, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { ReceiptWriter, type JobReceipt } from '../receipt/receipt.writer.js';
import { RunStore } from './training-run.store.js';
import { trainingErrors, type TrainingError } from './training.errors.js';

/** What is certified of a run that has ended. */
@Injectable()
export class RunReceipts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: RunStore,
    private readonly receipts: ReceiptWriter,
  ) {}

  /** @returns TRAINING_RUN_NOT_FOUND for a run of others, and for one that has not ended or used nothing. */
  async of(id: string, reader: Reader): Promise<Result<JobReceipt, TrainingError>> {
    const run = await this.runs.readFor(id, reader);
    const receipt = run && (await this.uow.run((tx) => this.receipts.find(tx, id)));
    return receipt ? ok(receipt) : err(trainingErrors.TRAINING_RUN_NOT_FOUND(`There is no receipt of a run ${id}.`));
  }
}
