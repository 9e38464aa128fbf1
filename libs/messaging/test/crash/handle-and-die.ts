// Handles an event and dies between the commit of its effect and its acknowledgement.
import { systemClock } from '@hetao/kernel';
import { recordEffect } from '../support/counted.js';
import { die, openWorld } from './open-world.js';

const { task, transport, billing, billingUow, event } = await openWorld();
await transport.consume({
  group: task.group,
  database: billing,
  uow: billingUow,
  clock: systemClock,
  subscriptions: [
    {
      event,
      mode: 'single',
      handle: async (events, tx) => {
        for (const received of events) await recordEffect(tx, task.group, received, 'by the process that died');
        tx.onCommitted(die);
      },
    },
  ],
});
