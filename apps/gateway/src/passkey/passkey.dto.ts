import { z } from 'zod';
import { idSchema } from '@hetao/runtime';
import type { Passkey } from './passkey.js';

/** Binary in base64url, as WebAuthn writes it in JSON. */
const binary = (most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .max(most);
const CREDENTIAL_ID = 1_400;
const CLIENT_DATA = 4_000;
/** Room for an attestation, though none is asked for. */
const ATTESTATION = 16_000;

const credential = {
  id: binary(CREDENTIAL_ID),
  rawId: binary(CREDENTIAL_ID),
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
};

/** What `navigator.credentials.create()` gave, in its own words (WebAuthn level 3, RegistrationResponseJSON). */
export const registrationDto = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: binary(CLIENT_DATA),
    attestationObject: binary(ATTESTATION),
    // Words that browsers add to: what one does not know, another does.
    transports: z.array(z.string().max(20)).max(10).default([]),
  }),
});

/** What `navigator.credentials.get()` gave (AuthenticationResponseJSON). */
export const assertionDto = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: binary(CLIENT_DATA),
    authenticatorData: binary(CLIENT_DATA),
    signature: binary(CLIENT_DATA),
    userHandle: binary(100),
  }),
});

export const newPasskey = z
  .strictObject({
    name: z.string().trim().min(1).max(100).describe('By which its owner tells it from others, as in "laptop"'),
    credential: registrationDto.describe('What navigator.credentials.create() gave, as its toJSON() writes it'),
  })
  .meta({ id: 'NewPasskey' });

export const passkeyOptionsDto = z
  .object({
    public_key: z
      .record(z.string(), z.unknown())
      .describe('For PublicKeyCredential.parseCreationOptionsFromJSON(); its challenge is good for five minutes, once'),
  })
  .meta({ id: 'PasskeyOptions' });

export const passkeyDto = z
  .object({
    id: idSchema('pky'),
    name: z.string(),
    backed_up: z.boolean().describe('Whether copies are kept on other devices of yours'),
    created_at: z.iso.datetime(),
    last_used_at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Passkey' });

export const passkeysDto = z.object({ data: z.array(passkeyDto) }).meta({ id: 'Passkeys' });

export type PasskeyDto = z.output<typeof passkeyDto>;

export function toPasskeyDto({ id, name, backedUp, createdAt, lastUsedAt }: Passkey): PasskeyDto {
  const times = { created_at: createdAt.toISOString(), last_used_at: lastUsedAt?.toISOString() ?? null };
  return { id, name, backed_up: backedUp, ...times };
}
