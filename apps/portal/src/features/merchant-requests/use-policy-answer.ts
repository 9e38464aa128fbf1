import { useQuery } from '@tanstack/react-query';
import { dryRunPolicy, getOffer, type AccessRequest } from '@hetao/client';

/** What the offer's own policy says to a use as it was asked for: the merchant need not work it out. */
export function usePolicyAnswer(request: Pick<AccessRequest, 'offer_id' | 'purpose' | 'place_of_use' | 'buyer_id'>) {
  const { offer_id: id, purpose, place_of_use: place, buyer_id: recipient } = request;
  return useQuery({
    queryKey: ['policy-answer', id, purpose, place, recipient],
    queryFn: async ({ signal }) => {
      const { data: offer } = await getOffer({ path: { id }, signal, throwOnError: true });
      const body = { policy: offer.policy, use: { purpose, place, recipient } };
      const { data: decision } = await dryRunPolicy({ body, signal, throwOnError: true });
      return { offer, decision };
    },
  });
}
