import { Inject, Injectable } from '@nestjs/common';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { challengeLifeMs, type Passkey } from './passkey.js';

const NAME = 'Hetao Exchange';
/** COSE algorithms: EdDSA, ES256, and RS256 for Windows Hello on older machines. */
const ALGORITHMS = [-8, -7, -257];

/** The public half of a passkey that a device has just made. */
export type NewCredential = Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'backedUp'>;

/** Who registers a passkey. */
export interface PasskeyOwner {
  readonly accountId: string;
  readonly email: string;
  readonly displayName: string;
}

/** The exchange as devices know it: passkeys are made for the name in PUBLIC_URL and work on its pages alone. */
@Injectable()
export class RelyingParty {
  readonly #origin: string;
  readonly #id: string;
  /** Where people sign in, if not here: then a passkey of ours would never be asked for. */
  readonly elsewhere: string | undefined;

  constructor(@Inject(SERVICE_CONFIG) config: GatewayConfig) {
    const { origin, hostname } = new URL(config.PUBLIC_URL);
    this.#origin = origin;
    this.#id = hostname;
    this.elsewhere = config.OIDC_ISSUER;
  }

  /** What a browser needs to make a passkey that can be found without a name, on a device that has none of `existing`. */
  creationOptions(owner: PasskeyOwner, existing: readonly Passkey[]): Promise<PublicKeyCredentialCreationOptionsJSON> {
    return generateRegistrationOptions({
      ...{ rpName: NAME, rpID: this.#id, userName: owner.email, userDisplayName: owner.displayName },
      userID: new TextEncoder().encode(owner.accountId),
      timeout: challengeLifeMs,
      attestationType: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      supportedAlgorithmIDs: ALGORITHMS,
      excludeCredentials: existing.map(({ credentialId, transports }) => ({
        id: credentialId,
        transports: [...transports],
      })),
    });
  }

  /** What a browser needs to ask whichever passkey the person chooses. */
  requestOptions(): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return generateAuthenticationOptions({ rpID: this.#id, timeout: challengeLifeMs, userVerification: 'required' });
  }

  /** The credential a device made for this challenge; undefined for anything else. */
  async created(response: RegistrationResponseJSON, challenge: string): Promise<NewCredential | undefined> {
    const verified = await verifyRegistrationResponse({
      ...{ response, expectedChallenge: challenge, expectedOrigin: this.#origin, expectedRPID: this.#id },
      supportedAlgorithmIDs: ALGORITHMS,
      requireUserVerification: true,
    }).catch(() => undefined);
    if (verified?.registrationInfo === undefined) return undefined;
    const { credential, credentialBackedUp: backedUp } = verified.registrationInfo;
    const { id: credentialId, publicKey, counter, transports = [] } = credential;
    return { credentialId, publicKey, counter, transports, backedUp };
  }

  /** What the device says of itself under a good signature of this passkey over this challenge; undefined otherwise. */
  async asserted(
    response: AuthenticationResponseJSON,
    challenge: string,
    { credentialId: id, publicKey, transports }: Passkey,
  ): Promise<Pick<Passkey, 'counter' | 'backedUp'> | undefined> {
    // The counter is judged by its own rule (passkey.ts), under the lock of the row: here it starts at nothing.
    const credential = {
      id,
      publicKey: new Uint8Array(publicKey),
      counter: 0,
      transports: transports as AuthenticatorTransport[],
    };
    const verified = await verifyAuthenticationResponse({
      ...{ response, expectedChallenge: challenge, expectedOrigin: this.#origin, expectedRPID: this.#id, credential },
      requireUserVerification: true,
    }).catch(() => undefined);
    if (verified?.verified !== true) return undefined;
    const { newCounter: counter, credentialBackedUp: backedUp } = verified.authenticationInfo;
    return { counter, backedUp };
  }
}
