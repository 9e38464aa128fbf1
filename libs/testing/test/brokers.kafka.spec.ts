import { connect } from 'node:net';
import { expect, it } from '@jest/globals';
import { describeWithKafka, kafkaBrokers } from '@hetao/testing';

describeWithKafka('the broker of a test run', () => {
  it('answers, and is one and the same for everybody who asks', async () => {
    const [first, second] = await Promise.all([kafkaBrokers(), kafkaBrokers()]);
    expect(second).toEqual(first);
    const [host, port] = (first[0] ?? '').split(':');
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), host ?? '');
      socket.once('error', reject).once('connect', () => {
        socket.destroy();
        resolve();
      });
    });
  }, 120_000);
});
