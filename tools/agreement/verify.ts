import { agreementBundleForm, verifyAgreementBundle, type AgreementBundle, type BundleTrust } from '@hetao/proofs';
import { z } from 'zod';
import type { Command, Options, Print } from '../command-line/command-line.js';
import { readJson } from './options.js';

const EXIT_REFUTED = 1;
const party = z.enum(['merchant', 'buyer']);
const instant = z.iso.datetime();
const jwk = z.union([
  z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() }),
  z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
]);
const key = z.strictObject({
  kid: z.string(),
  organisation_id: z.string(),
  algorithm: z.enum(['Ed25519', 'ES256']),
  jwk,
  valid_from: instant,
  valid_until: instant,
  revoked_at: instant.nullable(),
});
const bundleFile: z.ZodType<AgreementBundle> = z.object({
  form: z.literal(agreementBundleForm),
  document: z.looseObject({ agreement_id: z.string() }),
  document_hash: z.string(),
  consents: z
    .array(z.object({ party, organisation_id: z.string(), document_hash: z.string(), signed_at: instant }))
    .max(2),
  signatures: z.array(z.object({ party, organisation_id: z.string(), jws: z.string(), received_at: instant })).max(4),
  keys: z.array(key).max(10),
  get previous() {
    return bundleFile.nullable();
  },
});
/** Keys somebody keeps: as a bundle has them, or as GET /v1/signing-keys lists them. */
const keyFile = z.object({ data: z.array(z.looseObject({ ...key.shape, valid_from: instant.nullable() })) });

/** `verify`: checks an agreement offline. */
export const verifyCommand: Command = {
  usage: [
    'BUNDLE_FILE [--keys FILE] [--records]',
    'checks what GET /v1/agreements/{id}/bundle answered: the document against its hash, both signatures against document ' +
      'and keys, the keys’ dates. With --keys (answers of GET /v1/signing-keys you trust) no other key counts; with ' +
      '--records the exchange’s record of a consent is enough. Ends with 0 when it is proven, with 1 when it is not',
  ],
  options: ['keys'],
  flags: ['records'],
  async run(given, print) {
    const bundle = await readJson(given.subject, bundleFile, 'a bundle of an agreement');
    const trust = await trustOf(given);
    const verified = await verifyAgreementBundle(bundle, trust);
    if (!verified.ok) {
      print(`Not proven: ${verified.error.code}. ${verified.error.detail}`);
      return EXIT_REFUTED;
    }
    const { agreementId, documentHash, parties } = verified.value;
    print(`Proven: agreement ${agreementId}, document ${documentHash}.`);
    for (const bound of parties) told(bound, print);
    print(
      trust.keys === undefined
        ? 'The keys are those the exchange registered, as the bundle says: compare their thumbprints.'
        : 'The keys are those you trust.',
    );
    return 0;
  },
};

function told(bound: { party: string; organisationId: string; kid: string | null; at: Date }, print: Print): void {
  const { party: side, organisationId, kid, at } = bound;
  const how = kid === null ? 'consented, as the exchange recorded' : `signed with key ${kid}`;
  print(`  ${side} ${organisationId} ${how}, ${at.toISOString()}`);
}

async function trustOf({ values, flags }: Options): Promise<BundleTrust> {
  const records = flags.has('records');
  const file = values['keys'];
  if (file === undefined) return { records };
  const { data } = await readJson(file, keyFile, 'a list of keys');
  const keys = data.flatMap(({ kid, organisation_id, algorithm, jwk: open, valid_from, valid_until, revoked_at }) =>
    valid_from === null ? [] : [{ kid, organisation_id, algorithm, jwk: open, valid_from, valid_until, revoked_at }],
  );
  return { records, keys };
}
