import { runService } from '@hetao/runtime';
import { customsService } from './customs.definition.js';

await runService(customsService);
