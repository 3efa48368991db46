/** Offers as mediation holds them, joined with their wording; without the wording the state and the countdown still show. */
import { useQuery } from '@tanstack/react-query';
import { getOfferWords, type OfferWords } from '@/api/board';
import { getOffers, type Offer } from '@/api/lawyers';
import type { Deadline } from '@/api/types';

export interface OfferShown extends Offer {
  words: OfferWords | null;
  clock: Deadline;
}

const SOON_MS = 4 * 3_600_000;

/** Until the read model has the offer its clock is what mediation said: when it ends. */
function plainClock(offer: Offer): Deadline {
  const soon = new Date(Date.parse(offer.expires_at) - SOON_MS).toISOString();
  return { kind: 'offer', title: { zh: '', en: '' }, state: 'running', due_at: offer.expires_at, soon_at: soon, unit: 'hour', units_left: null, raw_day: null, provisional: false, rule: null, done_at: null, pause_reason: null };
}

export function useOffers() {
  const offers = useQuery({ queryKey: ['dispute', 'offers'], queryFn: getOffers });
  const words = useQuery({ queryKey: ['cases', 'offers'], queryFn: getOfferWords });
  const known = new Map(words.data?.items.map((one) => [one.offer_id, one]));
  const all: OfferShown[] | undefined = offers.data?.map((one) => {
    const said = known.get(one.offer_id) ?? null;
    return { ...one, words: said, clock: said?.clock ?? plainClock(one) };
  });
  const open = all?.filter((one) => one.state === 'open').toSorted((a, b) => a.expires_at.localeCompare(b.expires_at));
  return { query: offers, words, all, open };
}
