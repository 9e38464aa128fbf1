/** Every place of the wizard, in its order. Apart from its fields, which the frame need not load to read an address. */
export const wizardSteps = ['basics', 'data', 'quality', 'rights', 'compliance', 'plans', 'preview', 'yaml'] as const;
export type WizardStep = (typeof wizardSteps)[number];
