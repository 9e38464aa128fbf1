export type Protocol = 'negotiations' | 'transfers';
/** What a scene consists of: the kit says something, waits for something, or looks at the state. */
export type Action =
  | { readonly open: 'trigger' | 'request' | 'offer' }
  | { readonly say: string; readonly refused?: boolean }
  | { readonly hear: string }
  | { readonly state: string };

/** One script of the kit, against one script of ours. */
export interface Scene {
  readonly id: string;
  readonly what: string;
  readonly protocol: Protocol;
  /** Our side. */
  readonly role: 'provider' | 'consumer';
  readonly script: Readonly<Record<string, readonly string[]>>;
  readonly actions: readonly Action[];
}

export const trigger: Action = { open: 'trigger' };
export const request: Action = { open: 'request' };
export const offered: Action = { open: 'offer' };
export const say = (what: string): Action => ({ say: what });
export const refused = (what: string): Action => ({ say: what, refused: true });
export const hear = (what: string): Action => ({ hear: what });
export const state = (name: string): Action => ({ state: name });

const scenesOf =
  (protocol: Protocol, role: Scene['role']) =>
  (id: string, what: string, script: Scene['script'], ...actions: readonly Action[]): Scene => ({
    id,
    what,
    protocol,
    role,
    script,
    actions,
  });

export const provides = scenesOf('negotiations', 'provider');
export const consumes = scenesOf('negotiations', 'consumer');
export const gives = scenesOf('transfers', 'provider');
export const takes = scenesOf('transfers', 'consumer');
