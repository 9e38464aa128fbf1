import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const bytes = (...values: readonly (number | string | Buffer)[]) =>
  Buffer.concat(values.map((value) => (typeof value === 'number' ? Buffer.from([value]) : Buffer.from(value))));

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

/** What a device says otherwise than an honest one would. */
export interface Deviation {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly userHandle?: string;
  /** Nobody had to show a finger or type a PIN. */
  readonly unverified?: boolean;
  readonly key?: KeyObject;
  readonly counter?: number;
}

interface CreationOptions {
  readonly challenge: string;
  readonly user: { readonly id: string };
}

/** A device that makes one passkey (ES256, attestation `none`) and answers with it, as WebAuthn level 3 lays the bytes out. */
export class Authenticator {
  readonly id = randomBytes(16).toString('base64url');
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #origin: string;
  counter = 0;
  userHandle = '';

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Makes the passkey. */
  create({ challenge, user }: CreationOptions, deviation: Deviation = {}) {
    this.userHandle = user.id;
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const coordinates = [x, y].map((value) => Buffer.from(value, 'base64url')) as [Buffer, Buffer];
    // COSE_Key: kty EC2, alg ES256, crv P-256, x, y.
    const cose = bytes(0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, coordinates[0], 0x22, 0x58, 32, coordinates[1]);
    const id = Buffer.from(this.id, 'base64url');
    const attested = bytes(Buffer.alloc(16), 0, id.length, id, cose);
    const data = bytes(this.#data(HAS_CREDENTIAL, deviation), attested);
    const attestation = bytes(
      0xa3,
      0x63,
      'fmt',
      0x64,
      'none',
      0x67,
      'attStmt',
      0xa0,
      0x68,
      'authData',
      0x58,
      data.length,
      data,
    );
    return this.#answer({
      clientDataJSON: this.#client('webauthn.create', challenge, deviation).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    });
  }

  /** Answers a challenge, counting on. */
  get({ challenge }: { readonly challenge: string }, deviation: Deviation = {}) {
    this.counter = deviation.counter ?? this.counter;
    const data = this.#data(0, deviation);
    const client = this.#client('webauthn.get', challenge, deviation);
    return this.#answer({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: sign('sha256', bytes(data, sha256(client)), deviation.key ?? this.#keys.privateKey).toString(
        'base64url',
      ),
      userHandle: deviation.userHandle ?? this.userHandle,
    });
  }

  #data(flags: number, { rpId, unverified }: Deviation): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const verified = unverified === true ? 0 : USER_VERIFIED;
    return bytes(sha256(rpId ?? new URL(this.#origin).hostname), USER_PRESENT | verified | flags, counter);
  }

  #client(type: string, challenge: string, deviation: Deviation): Buffer {
    const { origin = this.#origin } = deviation;
    return Buffer.from(
      JSON.stringify({ type, challenge: deviation.challenge ?? challenge, origin, crossOrigin: false }),
    );
  }

  #answer<T>(response: T) {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response };
  }
}
