import { runService } from '@hetao/runtime';
import { meteringService } from './metering.definition.js';
await runService(meteringService);
