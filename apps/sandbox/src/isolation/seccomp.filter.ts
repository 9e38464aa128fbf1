import { closeSync, openSync, rmSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An open filter, to be handed to bubblewrap and closed. */
export interface OpenFilter {
  readonly fd: number;
  close(): void;
}

interface Architecture {
  readonly audit: number;
  readonly socket: number;
  /** System calls no worker needs, by number. */
  readonly refused: readonly number[];
}

// ptrace, mount, umount2, pivot_root, init_module, finit_module, delete_module, kexec_load, bpf, unshare, setns, keyctl,
// add_key, request_key, perf_event_open, userfaultfd, process_vm_readv/writev, io_uring_setup/enter/register, mount API.
const ARCHITECTURES: Readonly<Record<string, Architecture>> = {
  x64: {
    audit: 0xc000003e,
    socket: 41,
    refused: [
      101, 165, 166, 155, 175, 313, 176, 246, 321, 272, 308, 250, 248, 249, 298, 323, 310, 311, 425, 426, 427, 428, 429,
      430, 431, 432, 442,
    ],
  },
  arm64: {
    audit: 0xc00000b7,
    socket: 198,
    refused: [
      117, 40, 39, 41, 105, 273, 106, 104, 280, 97, 268, 219, 217, 218, 241, 282, 270, 271, 425, 426, 427, 428, 429,
      430, 431, 432, 442,
    ],
  },
};

const LOAD = 0x20;
const JUMP_IF_EQUAL = 0x15;
const RETURN = 0x06;
const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const REFUSE = 0x00050001; // SECCOMP_RET_ERRNO | EPERM
const AF_UNIX = 1;
const [NUMBER_AT, ARCHITECTURE_AT, FIRST_ARGUMENT_AT] = [0, 4, 16];

/**
 * The filter under which a worker runs, as classic BPF (struct sock_filter): another architecture is killed, sockets
 * other than local ones and the calls that change what a process may do are refused with EPERM, the rest passes.
 *
 * @returns undefined where the processor's call numbers are not known; the rung is then not there.
 */
export function seccompProgram(architecture: string = process.arch): Buffer | undefined {
  const known = ARCHITECTURES[architecture];
  if (known === undefined) return undefined;
  const instruction = (code: number, k: number, jumpTrue = 0, jumpFalse = 0): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt16LE(code, 0);
    bytes.writeUInt8(jumpTrue, 2);
    bytes.writeUInt8(jumpFalse, 3);
    bytes.writeUInt32LE(k >>> 0, 4);
    return bytes;
  };
  return Buffer.concat([
    instruction(LOAD, ARCHITECTURE_AT),
    instruction(JUMP_IF_EQUAL, known.audit, 1, 0),
    instruction(RETURN, KILL),
    instruction(LOAD, NUMBER_AT),
    ...known.refused.flatMap((number) => [instruction(JUMP_IF_EQUAL, number, 0, 1), instruction(RETURN, REFUSE)]),
    instruction(JUMP_IF_EQUAL, known.socket, 0, 3),
    instruction(LOAD, FIRST_ARGUMENT_AT),
    instruction(JUMP_IF_EQUAL, AF_UNIX, 1, 0),
    instruction(RETURN, REFUSE),
    instruction(RETURN, ALLOW),
  ]);
}

/** @throws Error where {@link seccompProgram} knows no filter for this processor. */
export function openSeccompFilter(): OpenFilter {
  const program = seccompProgram();
  if (program === undefined) throw new Error(`No seccomp filter is known for ${process.arch}.`);
  const folder = mkdtempSync(join(tmpdir(), 'hetao-seccomp-'));
  const path = join(folder, 'filter');
  writeFileSync(path, program, { mode: 0o600 });
  const fd = openSync(path, 'r');
  rmSync(folder, { recursive: true });
  return { fd, close: () => closeSync(fd) };
}
