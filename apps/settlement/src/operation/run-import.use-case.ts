import { ok, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ImportParts, type ReadFile } from '../statement/import-parts.book.js';
import { MappingStore } from '../statement/mapping.store.js';
import { partsLeft, type Part } from './operation.js';
import { OperationRepository, type OperationAtWork } from './operation.repository.js';

/** Lines that one transaction stores or matches: short enough for others to wait for, long enough to be worth it. */
const PART_LINES = 1_000;

/** Works on operations: each part is stored or matched with the count of it, so that a crash repeats none and skips none. */
@Injectable()
export class RunImport implements OnModuleDestroy {
  readonly #uow: UnitOfWork;
  readonly #operations: OperationRepository;
  readonly #parts: ImportParts;
  readonly #mappings: MappingStore;
  #stopping = false;

  constructor(uow: UnitOfWork, operations: OperationRepository, parts: ImportParts, mappings: MappingStore) {
    this.#uow = uow;
    this.#operations = operations;
    this.#parts = parts;
    this.#mappings = mappings;
  }

  /** A stop does not wait for the whole file: the next start goes on. */
  onModuleDestroy(): void {
    this.#stopping = true;
  }

  /** One turn: the oldest operation to its end, or until the service stops. */
  async execute(): Promise<void> {
    const operation = await this.#uow.run((tx) => this.#operations.next(tx));
    if (operation === null) return;
    const worked = await this.#work(operation);
    if (!worked.ok) await this.#uow.run((tx) => this.#operations.end(tx, operation.operationId, worked.error));
  }

  async #work(operation: OperationAtWork): Promise<Result<void, DomainError>> {
    const stored = await this.#store(operation);
    if (!stored.ok) return stored;
    if (this.#stopping) return ok(undefined);
    const matched = await this.#match(operation.operationId, stored.value);
    if (!matched.ok || this.#stopping) return matched;
    await this.#uow.run(async (tx) => {
      await this.#parts.complete(tx, operation.operationId);
      await this.#operations.end(tx, operation.operationId, null);
    });
    return ok(undefined);
  }

  /** @returns the statements whose lines are stored, and how many lines that is. */
  async #store(operation: OperationAtWork): Promise<Result<Stored, DomainError>> {
    const { operationId, arrivingIds, totalLines } = operation;
    if (arrivingIds !== null && operation.storedLines === totalLines) return ok({ arrivingIds, lines: totalLines });
    const hints = await this.#mappings.hints(operation.hints);
    if (!hints.ok) return hints;
    const bytes = await this.#uow.run((tx) => this.#operations.file(tx, operationId));
    const read = await this.#parts.read(bytes, hints.value);
    if (!read.ok) return read;
    const arriving = arrivingIds === null ? await this.#check(operation, read.value) : ok(arrivingIds);
    if (!arriving.ok) return arriving;
    const statements = read.value.statements.filter(({ statementId }) => arriving.value.includes(statementId));
    const counts = statements.map(({ checked }) => checked.lines.length);
    let { storedLines } = operation;
    for (const part of partsLeft(counts, storedLines, PART_LINES)) {
      if (this.#stopping) break;
      const statement = statements[part.statement];
      if (statement === undefined) throw new RangeError('A part of no statement.');
      const done = await this.#uow.runResult((tx) =>
        this.#storePart(tx, operationId, { statement, part, storedLines }),
      );
      if (!done.ok) return done;
      storedLines += part.until - part.from;
    }
    return ok({ arrivingIds: arriving.value, lines: storedLines });
  }

  /** Nothing is posted before the whole file adds up and agrees with what is known. */
  async #check(
    { operationId, sha256, requestedBy }: OperationAtWork,
    file: ReadFile,
  ): Promise<Result<readonly string[], DomainError>> {
    await this.#uow.run((tx) => this.#operations.enter(tx, operationId, 'checking'));
    return this.#uow.runResult(async (tx): Promise<Result<readonly string[], DomainError>> => {
      const announced = await this.#parts.announce(tx, { operationId, sha256, requestedBy }, file);
      if (!announced.ok) return announced;
      const arrivingIds = announced.value;
      const lines = file.statements
        .filter(({ statementId }) => arrivingIds.includes(statementId))
        .reduce((sum, { checked }) => sum + checked.lines.length, 0);
      const statementIds = file.statements.map(({ statementId }) => statementId);
      await this.#operations.checked(tx, operationId, { statementIds, arrivingIds, lines });
      return ok(arrivingIds);
    });
  }

  async #storePart(
    tx: Tx,
    operationId: string,
    { statement, part, storedLines }: { statement: ReadFile['statements'][number]; part: Part; storedLines: number },
  ): Promise<Result<void, DomainError>> {
    const recorded = await this.#parts.store(tx, statement.checked, part);
    if (!recorded.ok) return recorded;
    const count = { expected: storedLines, stored: part.until - part.from, done: recorded.value.ignored };
    if (!(await this.#operations.count(tx, operationId, count))) throw overtaken(operationId);
    return ok(undefined);
  }

  async #match(operationId: string, { arrivingIds, lines }: Stored): Promise<Result<void, DomainError>> {
    await this.#uow.run((tx) => this.#operations.enter(tx, operationId, 'matching'));
    for (const statementId of arrivingIds) {
      const bundles = await this.#uow.run((tx) => this.#parts.bundles(tx, statementId, PART_LINES));
      for (const bundle of bundles) {
        if (this.#stopping) return ok(undefined);
        const matched = await this.#uow.runResult(async (tx): Promise<Result<void, DomainError>> => {
          const looked = await this.#parts.match(tx, statementId, bundle);
          if (!looked.ok) return looked;
          const count = { expected: lines, stored: 0, done: looked.value };
          if (!(await this.#operations.count(tx, operationId, count))) throw overtaken(operationId);
          return ok(undefined);
        });
        if (!matched.ok) return matched;
      }
    }
    return ok(undefined);
  }
}

interface Stored {
  readonly arrivingIds: readonly string[];
  readonly lines: number;
}

function overtaken(operationId: string): Error {
  return new Error(`Another process works on operation ${operationId}; this one leaves it to it.`);
}
