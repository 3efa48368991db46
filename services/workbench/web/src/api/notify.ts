/** Messages of a case: what was sent, what failed, and sending it again. */
import { api } from './client';
import type { Instant, Uuid } from './types';

export interface Delivery {
  delivery_id: Uuid;
  template: string;
  channel: 'sms' | 'in_app';
  audience: string;
  /** Masked; empty when the person is not to be known. */
  recipient: { id: Uuid; name: string; phone: string };
  state: 'queued' | 'sent' | 'delivered' | 'failed' | 'cancelled';
  queued_at: Instant;
  reason: string;
  call_task: boolean;
  /** Whether this person may send it again. */
  may_resend: boolean;
}
export const getDeliveries = (caseId: Uuid) => api.get<{ items: Delivery[] }>('/api/notify/deliveries', { case_id: caseId });
export const resend = (deliveryId: Uuid, key: string) => api.post<{ delivery_id: Uuid }>(`/api/notify/deliveries/${deliveryId}/resend`, {}, { key });
