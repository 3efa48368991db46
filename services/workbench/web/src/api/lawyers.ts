/** Offers of disputes to lawyers: what their lawyer sees of them, the conflict comparison, and the answers. */
import { api } from './client';
import type { DisputeChanged } from './mediation';
import type { Grade, Instant, Uuid } from './types';

/** What mediation compared before a lawyer takes a dispute. A conflict bars; having met the same employer or worker elsewhere is only said. */
export interface Comparison {
  conflict: boolean;
  found: ('tied_to_employer' | 'declared_relation' | 'mediated_this_case')[];
  /** Other disputes the lawyer leads or led. */
  cases: number;
  /** Employers the lawyer disclosed a relation to. */
  related: number;
  same_employer: number;
  same_worker: number;
  source: string;
}
export const getComparison = (disputeId: Uuid, lawyerId: Uuid) => api.get<Comparison>(`/api/mediation/disputes/${disputeId}/lawyers/${lawyerId}/comparison`);

export type LawyerTask = 'legal_opinion' | 'meeting' | 'mediation';

export interface Offer {
  offer_id: Uuid;
  dispute_id: Uuid;
  case_id: Uuid;
  state: 'open' | 'accepted' | 'declined' | 'expired' | 'withdrawn';
  offered_at: Instant;
  expires_at: Instant;
  claimant_count: number;
  amount_fen: number;
  grade: Grade;
  asks: LawyerTask[] | null;
  /** What the federation pays, and whose figure it is. */
  fee: { fen: number; zh: string; en: string } | null;
  /** Null when the offer is not open. */
  check: Comparison | null;
}
export const getOffers = () => api.get<Offer[]>('/api/mediation/offers');
/** `noConflict` is the lawyer's own declaration; without it the server accepts nothing. */
export const acceptOffer = (id: Uuid, noConflict: boolean, key: string) => api.post<DisputeChanged>(`/api/mediation/offers/${id}/accept`, { no_conflict: noConflict }, { key });
export const DECLINES = ['conflict', 'workload', 'expertise', 'absence', 'other'] as const;
export type Decline = (typeof DECLINES)[number];
export const declineOffer = (id: Uuid, reason: string, note: string, key: string) =>
  api.post<{ offer_id: Uuid }>(`/api/mediation/offers/${id}/decline`, { reason, note }, { key });
