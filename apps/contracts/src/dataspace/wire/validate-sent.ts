import type { WireMessage } from './context.js';
import { sentSchemas } from './schemas.js';

/**
 * Holds a message of ours against the official schema of its type before it leaves. What fails here is a fault of this
 * program and never a peer's, so it is an exception: nothing is stored or sent.
 *
 * @throws Error naming the type and every place that breaks the schema.
 */
export function validateSent<M extends WireMessage>(message: M): M {
  const type = message['@type'];
  if (!isSentType(type)) throw new Error(`Dataspace Protocol 2025-1 has no message "${type}".`);
  const checked = sentSchemas[type].safeParse(message);
  if (checked.success) return message;
  const faults = checked.error.issues.map(({ path, message: fault }) => `/${path.join('/')}: ${fault}`);
  throw new Error(`A ${type} of ours breaks its schema: ${faults.join('; ')}`);
}

function isSentType(type: string): type is keyof typeof sentSchemas {
  return Object.hasOwn(sentSchemas, type);
}
