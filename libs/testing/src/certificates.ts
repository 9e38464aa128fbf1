import { generateKeyPairSync, randomBytes, sign, X509Certificate, type KeyObject } from 'node:crypto';

/** A certificate with its private key, both in PEM (PKCS #8). */
export interface TestCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** Signs certificates for the life of a test. */
export interface TestAuthority {
  readonly certificate: string;
  /** For a server that is called by this name or address of IPv4. */
  issue(host: string): TestCertificate;
}

/** Makes an authority of its own: nothing on disk, nobody who believes it but the one who is told to. */
export function testAuthority(name: string): TestAuthority {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certify = (subject: string, publicKey: KeyObject, extension: Buffer): string => {
    const issued = signed({ subject, issuer: name, publicKey, extension }, own.privateKey);
    return new X509Certificate(issued).toString();
  };
  return {
    certificate: certify(name, own.publicKey, MAY_SIGN),
    issue: (host) => {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      return { certificate: certify(host, pair.publicKey, calledBy(host)), key };
    },
  };
}

// Distinguished encoding (ITU-T X.690) of the few forms that a certificate (RFC 5280 section 4.1) is made of.
const LONG_FORM = 0x80;

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < LONG_FORM) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = Buffer.from(content.length.toString(16).padStart(4, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, LONG_FORM | length.length]), length, content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const integer = (bytes: Buffer): Buffer => der(0x02, bytes);
const octets = (content: Buffer): Buffer => der(0x04, content);
const bits = (content: Buffer): Buffer => der(0x03, Buffer.from([0]), content);
const object = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const truth = der(0x01, Buffer.from([0xff]));

const ECDSA_WITH_SHA256 = sequence(object('2a8648ce3d040302'));
const COMMON_NAME = object('550403');
const BASIC_CONSTRAINTS = object('551d13');
const ALTERNATIVE_NAME = object('551d11');
const MAY_SIGN = sequence(BASIC_CONSTRAINTS, truth, octets(sequence(truth)));

function calledBy(host: string): Buffer {
  const isAddress = /^[\d.]+$/.test(host);
  const name = isAddress ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));
  return sequence(ALTERNATIVE_NAME, octets(sequence(name)));
}

interface Content {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly extension: Buffer;
}

const HOUR_MS = 3_600_000;
const nameOf = (text: string): Buffer => sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(text)))));
/** GeneralizedTime: 20260102030405Z. */
const timeOf = (ms: number): Buffer =>
  der(0x18, Buffer.from(`${new Date(ms).toISOString().replace(/\D/g, '').slice(0, 14)}Z`));

function signed({ subject, issuer, publicKey, extension }: Content, by: KeyObject): Buffer {
  const content = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    // A serial number is positive.
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    nameOf(issuer),
    sequence(timeOf(Date.now() - HOUR_MS), timeOf(Date.now() + 24 * HOUR_MS)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
  return sequence(content, ECDSA_WITH_SHA256, bits(sign('sha256', content, by)));
}
