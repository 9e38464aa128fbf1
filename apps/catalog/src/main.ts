import { runService } from '@hetao/runtime';
import { catalogService } from './catalog.definition.js';

await runService(catalogService);
