import { setImmediate } from 'node:timers/promises';
import { DomainException, err, ok, type Result } from '@hetao/kernel';
import { statementErrors, type StatementError } from './statement.errors.js';

/** Reading that pauses after each piece of a file, so that a long file does not keep a process from everything else. */
export type ReadingSteps<T> = Generator<undefined, T, void>;

/** Reads without a pause. What is wrong with the file is returned; what is wrong with us is thrown. */
export function readAtOnce<T>(steps: ReadingSteps<T>): Result<T, StatementError> {
  try {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return ok(step.value);
    }
  } catch (error) {
    return faultOf(error);
  }
}

/** As {@link readAtOnce}, and lets others work after each piece. */
export async function readInTurns<T>(steps: ReadingSteps<T>): Promise<Result<T, StatementError>> {
  try {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return ok(step.value);
      await setImmediate();
    }
  } catch (error) {
    return faultOf(error);
  }
}

function faultOf(error: unknown): Result<never, StatementError> {
  if (error instanceof DomainException && error.problem.code in statementErrors) {
    return err(error.problem as StatementError);
  }
  throw error;
}
