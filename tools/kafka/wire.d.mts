/** Writes a record to a topic of its own and reads it back; throws, saying at which step, when that does not work. */
export function proveBroker(host: string, port: number): Promise<void>;
