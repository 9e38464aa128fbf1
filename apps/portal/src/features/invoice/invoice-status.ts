/** How an invoice may stand. Apart from the rules, which bring the rating code along. */
export const invoiceStatuses = ['draft', 'issued', 'part_paid', 'overdue', 'paid', 'credited', 'void'] as const;
