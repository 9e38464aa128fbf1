// Loaded into a service before anything else: its wall clock goes wrong by as many ms as the file of its port says, as a
// clock does that a time server sets. Timers go on as they are: they follow another clock in life, too.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { CHAOS_CLOCKS = '', PORT = '' } = process.env;
const True = Date;
let offsetMs = 0;

const now = () => True.now() + offsetMs;
const Moved = new Proxy(True, {
  construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [now()] : given, made),
  apply: () => new True(now()).toString(),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});
True.prototype.constructor = Moved;
globalThis.Date = Moved;

function look() {
  try {
    offsetMs = Number(readFileSync(join(CHAOS_CLOCKS, PORT), 'utf8'));
  } catch {
    offsetMs = 0;
  }
}
look();
process.on('SIGUSR2', look);
