/** Messages of a case: what was sent, what failed, and sending it again. */
import { api } from './client';
import type { Instant, Page, Text, Uuid } from './types';

export interface Delivery {
  delivery_id: Uuid;
  at: Instant;
  channel: 'sms' | 'phone' | 'mail' | 'wecom';
  who_masked: string;
  state: Text;
  tone: 'normal' | 'soon' | 'over' | 'done' | 'paused';
}
export const getDeliveries = (caseId: Uuid, cursor?: string) =>
  api.get<Page<Delivery>>('/api/notify/deliveries', { case_id: caseId, cursor });
export const resend = (deliveryId: Uuid, key: string) =>
  api.post<void>(`/api/notify/deliveries/${deliveryId}/resend`, {}, { key });
