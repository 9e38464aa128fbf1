import { runCommand, type Command, type Print } from '../command-line/command-line.js';
import { commitCommand, registerCommand, revokeCommand, statementCommand } from './commit.js';
import { credentialCommand, showCommand, verifyCredentialCommand } from './credential.js';
import { monitorCommand } from './monitor.js';
import { recordCommand, verifyCommand } from './verify.js';

const commands: ReadonlyMap<string, Command> = new Map([
  ['commit', commitCommand],
  ['statement', statementCommand],
  ['register', registerCommand],
  ['revoke', revokeCommand],
  ['verify', verifyCommand],
  ['record', recordCommand],
  ['credential', credentialCommand],
  ['show', showCommand],
  ['credential-verify', verifyCredentialCommand],
  ['monitor', monitorCommand],
]);

/** Runs one command. @returns the exit code. */
export function main(args: readonly string[], print: Print): Promise<number> {
  const purpose = 'Files are hashed where they are; nothing of them is sent anywhere.';
  return runCommand({ commands, purpose }, args, print);
}
