import { expect } from '@jest/globals';
import { newId } from '@hetao/kernel';
import { personCommitment } from '@hetao/rules';
import type { TestCaller } from '@hetao/testing';
import { textOf, type Answer, type RunningCustoms } from './running-customs.js';
import { officer, paper, second, tcmDeclaration } from './sample-declaration.js';

const base = '/v1/customs/declarations';

/** A declaration on its way, by one exporter: each step as the people concerned take it. */
export function stepsOf(customs: RunningCustoms, merchant: TestCaller) {
  const step = (as: TestCaller, id: string, command: string, json?: object): Promise<Answer> =>
    customs.send(as, 'POST', `${base}/${id}/${command}`, json);
  const drafted = async (change: Parameters<typeof tcmDeclaration>[0] = {}): Promise<string> => {
    const answer = await customs.send(merchant, 'POST', base, tcmDeclaration(change));
    expect([answer.status, answer.body['code']]).toEqual([201, undefined]);
    return textOf(answer.body['id']);
  };
  const submitted = async (change: Parameters<typeof tcmDeclaration>[0] = {}): Promise<string> => {
    const id = await drafted(change);
    await step(merchant, id, 'check');
    expect((await step(merchant, id, 'submit')).body['status']).toBe('submitted');
    return id;
  };
  const cleared = async (change: Parameters<typeof tcmDeclaration>[0] = {}): Promise<string> => {
    const id = await submitted(change);
    await step(officer, id, 'forward');
    const { body } = await customs.send(officer, 'GET', `${base}/${id}`);
    for (const track of Object.values(body['tracks'] ?? {})) {
      const order = { state: 'cleared', reference: 'paper 1', evidence_sha256: 'cd'.repeat(32) };
      expect((await step(officer, id, `tracks/${textOf(track['id'])}`, order)).status).toBe(200);
    }
    expect((await step(officer, id, 'pass', paper('粤网信备 2026-0001'))).body['status']).toBe('decided_pass');
    return id;
  };
  const release = (id: string, sensitive: number | null, general: number | null = null): Promise<Answer> =>
    step(second, id, 'release', { quota: { general, sensitive } });
  const released = async (sensitive: number, change: Parameters<typeof tcmDeclaration>[0] = {}) => {
    const agreement = newId('agr');
    const id = await cleared({ ...change, form: { ...change.form, agreement_id: agreement } });
    const answer = await release(id, sensitive);
    expect([answer.status, answer.body['code']]).toEqual([201, undefined]);
    return { declaration: id, agreement, release: textOf(answer.body['id']), token: textOf(answer.body['token']) };
  };
  return { step, drafted, submitted, cleared, release, released };
}

const salt = new Uint8Array(32).fill(7);

/** Commitments to people who do not exist. */
export const people = (...names: readonly (string | number)[]): string[] =>
  names.map((name) => personCommitment(salt, `person ${name}`));
/** So many of them, from one number on. */
export const crowd = (from: number, count: number): string[] =>
  people(...Array.from({ length: count }, (_, at) => from + at));
