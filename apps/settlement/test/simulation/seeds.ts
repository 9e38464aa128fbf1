/** Which seeds a run tells: `npm run simulate -- settlement --seeds N` asks for more than the tests do. */
export function seedsOf(setting: string, usual: number): readonly number[] {
  const first = Number(process.env['SIMULATION_FROM'] ?? 1);
  return Array.from({ length: Number(process.env[setting] ?? usual) }, (_, index) => first + index);
}
