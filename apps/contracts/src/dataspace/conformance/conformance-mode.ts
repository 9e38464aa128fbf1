import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { DataspaceConfig } from '../dataspace.config.js';
import { readConformance, type Conformance } from './conformance.config.js';

/** Whether this is a conformance run, and of what; null in business. */
@Injectable()
export class ConformanceMode {
  readonly run: Conformance | null;

  constructor(@Inject(SERVICE_CONFIG) { DATASPACE_CONFORMANCE_FILE: file }: DataspaceConfig) {
    this.run = file === '' ? null : readConformance(file);
  }
}
