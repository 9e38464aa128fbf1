/** The parts of the workbench, in the order of the day. */
export const tabs = ['exceptions', 'statements', 'threeWay', 'period'] as const;
export type Tab = (typeof tabs)[number];
