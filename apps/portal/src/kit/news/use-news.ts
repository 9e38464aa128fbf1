import { isOneOf } from '../../app/page-state.js';
import { useInbox } from '../inbox/use-inbox.js';
import { useBuyerWork, useMerchantWork } from '../work/use-work.js';
import { inOrder, newsOfBuyer, newsOfMerchant, newsOfOperator, type News } from './news.rules.js';

/** What is new for whoever is signed in, the newest first; it is read from what their home page reads. */
export function useNews(): readonly News[] {
  const buyer = useBuyerWork({ enabled: isOneOf(['buyer']) }).data;
  const merchant = useMerchantWork({ enabled: isOneOf(['merchant']) }).data;
  const inbox = useInbox({ enabled: isOneOf(['operator']) }).data;
  return inOrder([
    ...(buyer ? newsOfBuyer(buyer) : []),
    ...(merchant ? newsOfMerchant(merchant) : []),
    ...(inbox ? newsOfOperator(inbox.waiting) : []),
  ]);
}
