// Tries to get out, from where a worker would stand, and says what happened. Self-contained: it runs by itself under
// every rung, from its source in tests and built in production.
import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';

interface Targets {
  readonly tcpPort: number;
  readonly tcp6Port: number | null;
  readonly udpPort: number;
  readonly canaryFile: string;
  readonly supervisorPid: number;
  readonly supervisorMark: string;
}
interface Check {
  readonly name: string;
  readonly held: boolean;
  readonly detail: string;
}

const PATIENCE_MS = 400;
const targets = JSON.parse(process.argv[2] ?? '{}') as Targets;
const first = (text: string): string => text.split('\n', 1)[0]?.slice(0, 160) ?? '';
const messageOf = (error: unknown): string => first(error instanceof Error ? error.message : String(error));

function reach(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (reason: string | null): void => {
      socket.destroy();
      resolve(reason);
    };
    socket.setTimeout(PATIENCE_MS, () => end('no answer'));
    socket.once('connect', () => end(null));
    socket.once('error', (error) => end(messageOf(error)));
  });
}

function reachByDatagram(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const end = (reason: string | null): void => {
      clearTimeout(timer);
      socket.close();
      resolve(reason);
    };
    const timer = setTimeout(() => end('no answer'), PATIENCE_MS);
    socket.once('message', () => end(null));
    socket.once('error', (error) => end(messageOf(error)));
    socket.send('probe', port, '127.0.0.1', (error) => error && end(messageOf(error)));
  });
}

async function resolveName(port: number): Promise<string | null> {
  const resolver = new Resolver({ timeout: PATIENCE_MS, tries: 1 });
  resolver.setServers([`127.0.0.1:${port}`]);
  return resolver.resolve4('canary.invalid').then(
    () => null,
    // A refusal that came over the wire is an answer: the server was reached.
    (error: NodeJS.ErrnoException) =>
      /NOTFOUND|NODATA|SERVFAIL|FORMERR|NOTIMP|BADRESP/.test(error.code ?? '') ? null : messageOf(error),
  );
}

/** ICMP needs a route; a namespace without one has none in the kernel's own table. */
function routes(): string | null {
  try {
    const devices = readFileSync('/proc/net/dev', 'utf8')
      .split('\n')
      .slice(2)
      .filter((line) => line.trim() !== '' && !/^\s*lo:/.test(line));
    return devices.length === 0 ? 'no interface but loopback' : null;
  } catch (error) {
    return messageOf(error);
  }
}

function attempt(name: string, tried: () => string | null): Check {
  try {
    const reason = tried();
    return { name, held: reason !== null, detail: reason ?? 'it was possible' };
  } catch (error) {
    return { name, held: true, detail: messageOf(error) };
  }
}

const held = (name: string, reason: string | null): Check => ({
  name,
  held: reason !== null,
  detail: reason ?? 'it was reached',
});

const network = async (): Promise<Check[]> => [
  held('network: tcp', await reach('127.0.0.1', targets.tcpPort)),
  held('network: udp', await reachByDatagram(targets.udpPort)),
  held('network: dns', await resolveName(targets.udpPort)),
  held('network: icmp', routes()),
  held('network: metadata', await reach('169.254.169.254', 80)),
  held('network: ipv6', targets.tcp6Port === null ? 'the host has no IPv6' : await reach('::1', targets.tcp6Port)),
];

const rest = [
  attempt('files: canary', () => (readFileSync(targets.canaryFile), null)),
  attempt('processes: start', () => {
    const { error, status } = spawnSync('/bin/true');
    return error ? messageOf(error) : status === 0 ? null : `it ended with ${String(status)}`;
  }),
  attempt('processes: supervisor', () => {
    // The number may be somebody else's in another namespace; the mark says whether it is the supervisor's.
    const line = readFileSync(`/proc/${targets.supervisorPid}/cmdline`, 'utf8');
    return line.includes(targets.supervisorMark) ? null : 'another process has that number';
  }),
  attempt('files: etc', () => (existsSync('/etc/passwd') ? null : 'not there')),
  attempt('environment', () => {
    const names = readFileSync('/proc/self/environ', 'utf8')
      .split('\0')
      .flatMap((line) => line.split('=', 1))
      .filter(Boolean);
    const expected = ['PATH', 'PWD', 'HOME', 'TMPDIR', 'SHLVL', '_'];
    return names.every((name) => expected.includes(name)) ? 'nothing of the supervisor' : null;
  }),
];
const withNetwork = process.argv[3] === 'network';
process.stdout.write(JSON.stringify([...(withNetwork ? await network() : []), ...rest]));
