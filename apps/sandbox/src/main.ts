import { runService } from '@hetao/runtime';
import { sandboxService } from './sandbox.definition.js';

await runService(sandboxService);
