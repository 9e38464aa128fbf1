import { describe, expect, it } from '@jest/globals';
import { calledWith } from './called-with.js';
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

describe('the command line of a campaign', () => {
  const called = (...args: string[]) => {
    const said: string[] = [];
    const options = { runs: { type: 'string', default: '20' } } as const;
    return { said, with: calledWith(args, options, 'how it is called', (line) => said.push(line)) };
  };

  it('hands over what it was called with', () => {
    expect(called('platform', '--runs', '3').with).toMatchObject({ positionals: ['platform'], values: { runs: '3' } });
    expect(called().with).toMatchObject({ positionals: [], values: { runs: '20' } });
  });

  it('says what is wrong and how it is called, and asked for help only that', () => {
    const wrong = called('--rnus', '3');
    expect(wrong.with).toBeUndefined();
    expect(wrong.said).toEqual([expect.stringContaining('--rnus'), 'how it is called']);
    expect(called('--help')).toEqual({ said: ['how it is called'], with: undefined });
  });
});
