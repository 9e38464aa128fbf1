// Commits an event and dies before anything else can happen: the relay had no turn of the event loop to send it.
import { die, openWorld } from './open-world.js';

const { event, ordersUow } = await openWorld();
await ordersUow.run(async (tx) => {
  tx.append(event, { key: 'a', n: 1, note: 'committed before the crash' });
  tx.onCommitted(die);
});
