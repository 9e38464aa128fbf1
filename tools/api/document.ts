import { attestationService } from '@hetao/attestation';
import { catalogService } from '@hetao/catalog';
import { contractsService } from '@hetao/contracts';
import { customsService } from '@hetao/customs';
import { gatewayService } from '@hetao/gateway';
import { publicDocument, type ServiceDocument, type ServiceName } from '@hetao/gateway/public-document';
import { meteringService } from '@hetao/metering';
import { describeService, type ServiceDefinition } from '@hetao/runtime';
import { sandboxService } from '@hetao/sandbox';
import { settlementService } from '@hetao/settlement';

/** In the door's order: where two services use one name for different things, the later one's is renamed. */
const services: Readonly<Record<ServiceName, ServiceDefinition>> = {
  catalog: catalogService,
  contracts: contractsService,
  metering: meteringService,
  settlement: settlementService,
  customs: customsService,
  attestation: attestationService,
  sandbox: sandboxService,
};

/** Where a demonstration stands, and how its cookie is called: the committed document speaks of that one. */
const PUBLIC_URL = 'http://localhost:8080';
const SESSION_COOKIE = 'hetao-session';

/** The public OpenAPI document from the sources alone, as text: nothing is started, no database is asked. */
export async function describeExchange(): Promise<string> {
  const own = await describeService(gatewayService);
  const parts: ServiceDocument[] = [];
  for (const [service, definition] of Object.entries(services) as [ServiceName, ServiceDefinition][]) {
    const described: unknown = JSON.parse(JSON.stringify(await describeService(definition)));
    parts.push({ service, document: described as ServiceDocument['document'] });
  }
  return `${JSON.stringify(publicDocument(PUBLIC_URL, SESSION_COOKIE, { own, services: parts }), null, 2)}\n`;
}
