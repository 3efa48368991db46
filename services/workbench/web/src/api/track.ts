/** What a worker reads about a request, with nothing but the tracking code: plain words, no names. */
import { api } from './client';
import type { Instant, Text } from './types';

export interface TrackStep {
  title: Text;
  state: 'past' | 'present' | 'coming';
  /** "11 月 12 日", "12 月 2 日前"; null when not known. */
  when: Text | null;
}
export interface Tracked {
  /** Eight characters. */
  code: string;
  headline: Text;
  /** Sentences; may hold `**strong**`. */
  text: Text;
  steps: TrackStep[];
  /** The worker's own way on, whatever we do: arbitration, court. */
  rights: Text | null;
  /** What is still missing, and how to hand it in. */
  materials: { missing: Text[]; how: Text } | null;
  org_name: Text;
  closed: boolean;
  as_of: Instant;
}
export const getTracked = (code: string) => api.get<Tracked>(`/api/workbench/track/${encodeURIComponent(code)}`);
