/** For each state, the commands it accepts and the state, or states, each may lead to. Data, so it can be checked. */
export type TransitionTable<State extends string, Command extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Command, State | readonly State[]>>>>
>;

/** A checked transition table, and the questions rules ask of it. */
export interface Transitions<State extends string, Command extends string> {
  readonly table: TransitionTable<State, Command>;
  /** Every state, in the order of the table: the same list serves the database's CHECK. */
  readonly states: readonly State[];
  /** True when the state accepts the command. */
  canTransition(from: State, command: Command): boolean;
  /** Where the command may lead from here; empty when it is refused. */
  targets(from: State, command: Command): readonly State[];
  /** The commands a state accepts: for messages that say what can be done instead. */
  commandsFrom(from: State): readonly Command[];
  /** True when nothing leads out of the state. */
  isFinal(state: State): boolean;
  /**
   * Checks at module load that every state can be reached from `initial`; answers itself, so it can be chained.
   *
   * @throws Error naming the states that cannot be reached.
   */
  assertReachable(initial: State): Transitions<State, Command>;
}

/**
 * Declares the life of an aggregate. Every state must have a row; a command that leads to a state without one fails
 * at module load.
 */
export function defineTransitions<State extends string, Command extends string>(
  table: TransitionTable<State, Command>,
): Transitions<State, Command> {
  const states = Object.keys(table) as State[];
  const targets = (from: State, command: Command): readonly State[] => listed(table[from][command]);
  const commandsFrom = (from: State): readonly Command[] =>
    (Object.keys(table[from]) as Command[]).filter((command) => targets(from, command).length > 0);
  const nextOf = (from: State): State[] => commandsFrom(from).flatMap((command) => targets(from, command));
  const unknown = states.flatMap(nextOf).filter((state) => !states.includes(state));
  if (unknown.length > 0) throw new Error(`No row for state(s) ${unknown.join(', ')}.`);

  const transitions: Transitions<State, Command> = {
    table,
    states,
    targets,
    commandsFrom,
    canTransition: (from, command) => targets(from, command).length > 0,
    isFinal: (state) => commandsFrom(state).length === 0,
    assertReachable: (initial) => {
      const reached = reachableFrom(initial, nextOf);
      const lost = states.filter((state) => !reached.has(state));
      if (lost.length > 0) throw new Error(`Nothing leads from ${initial} to ${lost.join(', ')}.`);
      return transitions;
    },
  };
  return transitions;
}

function listed<State extends string>(target: State | readonly State[] | undefined): readonly State[] {
  if (target === undefined) return [];
  return typeof target === 'string' ? [target] : target;
}

function reachableFrom<State>(initial: State, nextOf: (state: State) => State[]): Set<State> {
  const reached = new Set<State>([initial]);
  // A Set visits what is added while it is walked, each member once: the walk ends with the states.
  for (const state of reached) for (const next of nextOf(state)) reached.add(next);
  return reached;
}
