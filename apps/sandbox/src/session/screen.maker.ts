import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '@hetao/runtime';
import { CanvasSource } from '../pixel-source/canvas.source.js';
import type { PixelSource } from '../pixel/pixel-source.js';
import type { TileGrid } from '../pixel/tiles.js';
import { WorkbenchDesk } from '../workbench/workbench.desk.js';
import { EnclaveDesks, languageOf } from './enclave-desk.maker.js';
import type { PixelSession } from './session.js';

/** How often a workbench looks at jobs that run, in ms. */
const POLL_MS = 1_000;

/** Makes what a session looks at: our own workbench, never a desktop. */
@Injectable()
export class ScreenMaker {
  readonly #desks: EnclaveDesks;
  readonly #logger: Logger;

  constructor(desks: EnclaveDesks, @Inject(LOGGER) logger: Logger) {
    this.#desks = desks;
    this.#logger = logger;
  }

  screenOf(session: PixelSession, grid: TileGrid): PixelSource {
    const { basis, productId, place } = session.grounds;
    const desk = new WorkbenchDesk(this.#desks.of(session), {
      title: `XDataTrust · ${productId} · ${place} · ${basis.reference}`,
      language: languageOf(session),
      pollMs: POLL_MS,
      onFailure: (error) => this.#logger.warn({ err: error, session: session.id }, 'The workbench met a failure'),
    });
    return new CanvasSource(desk, grid);
  }
}
