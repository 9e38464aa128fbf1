import { runService } from '@hetao/runtime';
import { gatewayService } from './gateway.definition.js';

await runService(gatewayService);
