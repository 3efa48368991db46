/** Commands to the welfare side that the case page offers. */
import { api } from './client';
import type { Uuid } from './types';

/** A caller's hardship becomes an application of its own, linked to the case. */
export const openApplication = (request: { case_id: Uuid; party_id: Uuid; programme: string }, key: string) =>
  api.post<{ application_id: Uuid }>('/api/welfare/applications', request, { key });
