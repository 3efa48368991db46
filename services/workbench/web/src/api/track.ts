/** What a worker reads about a request, with nothing but the tracking code: plain words, no names. */
import { api } from './client';
import type { Day, Text } from './types';

export interface TrackStep {
  title: Text;
  state: 'done' | 'now' | 'next';
  on: Day | null;
}
export interface Tracked {
  /** As printed: `7K3M-9Q2T`. */
  code: string;
  title: Text;
  /** Sentences; may hold `**strong**`. */
  text: Text;
  state: string;
  steps: TrackStep[];
  /** By when the worker hears the result. */
  answer_by: Day | null;
  /** The worker's own way on, whatever we do. */
  arbitration: Text | null;
  org_name: Text;
  hotline: string;
}
export const getTracked = (code: string) => api.get<Tracked>(`/api/workbench/track/${encodeURIComponent(code)}`);
