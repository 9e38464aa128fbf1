import { parseArgs } from 'node:util';
import { DEMO_OFFICER_KEY, DEMO_OPERATOR_KEY } from '../../exchange/demo-keys.js';

export interface TradeOptions {
  readonly baseUrl: string;
  readonly operatorKey: string;
  readonly officerKey: string;
  readonly lines: number;
  readonly json: boolean;
  readonly keyring: string;
  readonly log: string;
}

const HELP = `npm run trade -- [options]

Plays one whole trade against a running exchange, through its public API only. A second run changes nothing.

  --url URL        where the exchange is           (http://localhost:8080)
  --key KEY        an operator's API key           (the demo operator's)
  --officer KEY    a second operator's API key     (the demo customs officer's)
  --lines N        how many lines of the log       (10000: all of them)
  --keyring FILE   where the members' keys are kept
  --json           one JSON object a line, for programs
`;

const WHOLE_LOG = 10_000;

/** Reads the command line. @returns undefined when help was asked for and given */
export function readOptions(args: readonly string[], root: string): TradeOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: 'string', default: 'http://localhost:8080' },
      key: { type: 'string', default: DEMO_OPERATOR_KEY },
      officer: { type: 'string', default: DEMO_OFFICER_KEY },
      lines: { type: 'string', default: String(WHOLE_LOG) },
      keyring: { type: 'string', default: `${root}/.hetao/trade/keys.json` },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return undefined;
  }
  const lines = Number(values.lines);
  if (!Number.isInteger(lines) || lines < 1 || lines > WHOLE_LOG) {
    throw new Error(`--lines is "${values.lines}"; give a whole number from 1 to ${WHOLE_LOG}.`);
  }
  if (!URL.canParse(values.url))
    throw new Error(`--url is "${values.url}"; give an address such as http://localhost:8080.`);
  return {
    baseUrl: new URL(values.url).origin,
    operatorKey: values.key,
    officerKey: values.officer,
    lines,
    json: values.json,
    keyring: values.keyring,
    log: `${root}/samples/access-log/apache_logs`,
  };
}
