import { Injectable } from '@nestjs/common';
import type { EnclaveDesk } from '../workbench/workbench.desk.js';
import type { PixelSession } from './session.js';

/** Gives a session's person the enclave's desk: what is licensed, and nothing else. */
@Injectable()
export class EnclaveDesks {
  of(session: PixelSession): EnclaveDesk {
    const { productId } = session.grounds;
    return {
      datasets: () => Promise.resolve([{ name: productId, columns: [] }]),
      analyses: () => Promise.resolve([]),
      jobs: () => Promise.resolve([]),
      run: () => Promise.resolve({ refused: `${productId} has no enclave yet: nothing can run on it.` }),
      result: () => Promise.resolve([]),
      cancel: () => Promise.resolve(),
    };
  }
}
