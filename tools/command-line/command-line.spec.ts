import { describe, expect, it } from '@jest/globals';
import { runCommand, tied, type Command, type Options } from './command-line.js';

describe('the command line of a verifier', () => {
  it.each([
    [
      ['f', '--key', '-abc', '--all'],
      ['f', '--key=-abc', '--all'],
    ],
    [['--key', '--abc'], ['--key=--abc']],
    [
      ['--key', '--all'],
      ['--key', '--all'],
    ],
    [
      ['--key=-a', 'f'],
      ['--key=-a', 'f'],
    ],
    [
      ['--all', '-x'],
      ['--all', '-x'],
    ],
  ])('reads %j as %j: a value may begin with a dash', (args, words) => {
    expect(tied(args, ['key'], ['all'])).toEqual(words);
  });

  it('hands over subject, values and flags, and says how it is called', async () => {
    const given: Options[] = [];
    const lines: string[] = [];
    const show: Command = {
      usage: ['FILE', 'shows a file'],
      options: ['key'],
      flags: ['all'],
      run(options) {
        given.push(options);
        return Promise.resolve(0);
      },
    };
    const shell = { commands: new Map([['show', show]]), purpose: 'Shows.' };
    const run = (...args: string[]) => runCommand(shell, args, (line) => lines.push(line));
    expect(await run('show', 'f', '--key', '-x', '--all')).toBe(0);
    expect(given).toEqual([{ subject: 'f', values: { key: '-x' }, flags: new Set(['all']) }]);
    expect(await run('show', 'f', 'g')).toBe(2);
    expect(await run('show', 'f', '--key')).toBe(2);
    expect(await run('other')).toBe(2);
    expect(lines.join('\n')).toContain('shows a file');
  });
});
