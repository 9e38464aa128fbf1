/** NIST SP 800-63B-4 3.1.1.2: length and a list of known bad ones, no composition rules, no forced change. */
export const passwordLength = { min: 12, max: 128 } as const;

/**
 * What people type when twelve characters are asked: the roots of the most used passwords in published leaks. Matched
 * after digits, signs and case are taken away, so that `Password2026!!` is seen for what it is.
 */
const USUAL_ROOTS: ReadonlySet<string> = new Set(
  `password passwort passw motdepasse contrasena welcome letmein iloveyou qwerty qwertyuiop qwertyuiopasdf qwertyasdf
  qwertyasdfgh asdfgh asdfghjkl asdfghjklzxcvbnm zxcvbnm qazwsx qazwsxedc onetwothree abcdef abcdefgh abcabc abc admin
  administrator adminadmin root rootroot changeme default secret secretsecret monkey dragon football baseball superman
  sunshine princess trustno master login guest testtest test demo demodemo hetao hetaohetao hetaoexchange exchange
  shenzhen hongkong woaini woaiwojia passwordpassword welcomewelcome correcthorsebatterystaple`.split(/\s+/),
);

/**
 * What is wrong with a password, in words for the one who chose it; undefined when it may be used.
 * `personal` are texts that others know about the person: e-mail address, name.
 */
export function passwordFault(password: string, personal: readonly string[]): string | undefined {
  const length = [...password].length;
  if (length < passwordLength.min) return `It has ${length} characters; at least ${passwordLength.min} are needed.`;
  if (length > passwordLength.max) return `It has ${length} characters; at most ${passwordLength.max} are taken.`;
  if (new Set(password).size < 5) return 'It repeats fewer than five different characters.';
  if (isRun(password)) return 'It is one run along the alphabet or the digits.';
  const letters = password.toLowerCase().replace(/[^\p{L}]/gu, '');
  if (USUAL_ROOTS.has(letters)) return 'It is a usual password with digits or signs around it.';
  const lower = password.toLowerCase();
  const known = personal.flatMap((text) => text.toLowerCase().split(/[\s@]+/)).filter((part) => part.length >= 4);
  if (known.some((part) => lower.includes(part))) return 'It contains the e-mail address or the name.';
  return undefined;
}

/** `123456789012`, `abcdefghijkl` and the same backwards: each character the next of the one before, digits in a ring. */
function isRun(password: string): boolean {
  const codes = [...password].map((character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  return isOneWay(steps, 1) || isOneWay(steps, -1);
}

function isOneWay(steps: readonly number[], way: 1 | -1): boolean {
  return steps.every((step) => step === way || step === way * -9);
}
