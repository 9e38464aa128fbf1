import { beginPasskey, registerPasskey, type NewPasskey, type Passkey } from '@hetao/client';

/** The person closed the browser's window, or has no device that can; nobody else is to blame. */
export class PasskeyNotMade extends Error {
  override readonly name = 'PasskeyNotMade';
}

/** Whether this browser can make passkeys: it has them, and reads and writes them as JSON (WebAuthn level 3). */
export function canMakePasskeys(): boolean {
  return (
    typeof PublicKeyCredential !== 'undefined' && typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function'
  );
}

/**
 * Has a device make a passkey and registers its public half.
 *
 * @throws PasskeyNotMade when no device made one; HetaoProblem when the exchange says no
 */
export async function makePasskey(name: string): Promise<Passkey> {
  const { data: asked } = await beginPasskey({ throwOnError: true });
  const options = asked.public_key as unknown as PublicKeyCredentialCreationOptionsJSON;
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const made = await navigator.credentials.create({ publicKey }).catch((cause: unknown) => {
    throw new PasskeyNotMade('No device made a passkey.', { cause });
  });
  if (!(made instanceof PublicKeyCredential)) throw new PasskeyNotMade('No device made a passkey.');
  // The browser's own words, of which the exchange reads those it needs.
  const credential = made.toJSON() as unknown as NewPasskey['credential'];
  return (await registerPasskey({ body: { name, credential }, throwOnError: true })).data;
}
