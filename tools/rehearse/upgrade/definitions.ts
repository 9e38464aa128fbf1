import { attestationService } from '@hetao/attestation';
import { catalogService } from '@hetao/catalog';
import { contractsService } from '@hetao/contracts';
import { customsService } from '@hetao/customs';
import { gatewayService } from '@hetao/gateway';
import { meteringService } from '@hetao/metering';
import type { ServiceDefinition } from '@hetao/runtime';
import { sandboxService } from '@hetao/sandbox';
import { settlementService } from '@hetao/settlement';

/** Every service with a database, as this version declares it. */
export const definitions: readonly ServiceDefinition[] = [
  catalogService,
  contractsService,
  meteringService,
  settlementService,
  customsService,
  attestationService,
  sandboxService,
  gatewayService,
];
