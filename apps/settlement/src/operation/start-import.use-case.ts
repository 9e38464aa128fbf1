import { createHash } from 'node:crypto';
import { UnitOfWork } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { OperationRepository, type FileToImport } from './operation.repository.js';

/** Keeps a file and promises its import: from then on the operation ends, whatever stops in between. */
@Injectable()
export class StartImport {
  readonly #uow: UnitOfWork;
  readonly #operations: OperationRepository;

  constructor(uow: UnitOfWork, operations: OperationRepository) {
    this.#uow = uow;
    this.#operations = operations;
  }

  /** @returns the operation's id; the same one for the same bytes. */
  execute(file: Omit<FileToImport, 'sha256'>): Promise<string> {
    const sha256 = createHash('sha256').update(file.bytes).digest('hex');
    return this.#uow.run((tx) => this.#operations.begin(tx, { ...file, sha256 }));
  }
}
