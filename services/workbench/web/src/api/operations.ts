/** How the system runs: every service answers the same questions under its own address (shared/kernel/operations.py). */
import { api } from './client';
import type { Instant, Service, StaffRef, Text, Uuid } from './types';

export const SERVICES: readonly Service[] = ['intake', 'mediation', 'welfare', 'notify', 'workbench'];

export interface TimerKind {
  kind: string;
  pending: number;
  /** Tried until the limit; a person decides. */
  failed: number;
  fired_today: number;
  earliest: Instant | null;
}
export interface ServiceOverview {
  service: Service;
  outbox_rows: number;
  /** Facts that no broker takes. */
  outbox_poisoned: number;
  /** Age of the oldest fact that is not sent yet. */
  outbox_age_s: number;
  lag_records: number;
  parked: number;
  /** Of these: given up after the last try. */
  parked_dead: number;
  timers: TimerKind[];
}
export const getServiceOverview = (service: Service) => api.get<ServiceOverview>(`/api/${service}/operations/overview`);

export interface ParkedMessage {
  event_id: Uuid;
  aggregate_id: Uuid;
  aggregate_version: number;
  name: string;
  topic: string;
  partition: number;
  offset: number;
  state: 'head' | 'dead';
  code: string;
  attempts: number;
  /** Later facts of the same aggregate that wait for this one. */
  behind: number;
  parked_at: Instant;
  next_try_at: Instant;
  /** One person asked to skip it; money needs a second. */
  skip_asked: boolean;
  trace: string | null;
}
export const getParked = (service: Service) => api.get<ParkedMessage[]>(`/api/${service}/operations/parked`);
export const replayParked = (service: Service, eventId: Uuid, key: string) =>
  api.post<{ result: 'replaying' }>(`/api/${service}/operations/parked/${eventId}/replay`, {}, { key });
export const skipParked = (service: Service, eventId: Uuid, reason: string, key: string) =>
  api.post<{ result: 'skipped' | 'second_person_needed' }>(`/api/${service}/operations/parked/${eventId}/skip`, { reason }, { key });

export interface AuditRow {
  chain: Uuid;
  seq: number;
  at: Instant;
  actor_id: Uuid;
  action: string;
  kind: string;
  content: Record<string, unknown>;
  hash: string;
}
export interface AuditFilter {
  object_id?: string;
  actor_id?: string;
  action?: string;
  since?: string;
  before?: string;
}
export const getAudit = (service: Service, filter: AuditFilter) =>
  api.get<{ rows: AuditRow[]; next: string | null }>(`/api/${service}/operations/audit`, { ...filter });

export interface ChainReport {
  ok: boolean;
  links: number;
  chains: number;
  bad_chain: Uuid | null;
  bad_seq: number | null;
  why: string;
}
export const checkChains = (service: Service) => api.get<ChainReport>(`/api/${service}/operations/audit/check`);

/** Names behind staff ids (≤ 100), for whoever reads the audit; people who left included. */
export const getStaffNames = (ids: Uuid[]) => api.get<{ items: StaffRef[] }>('/api/workbench/staff-names', { ids: ids.join(',') });
/** Staff whose name or number begins so, for a filter. */
export const findStaff = (q: string) => api.get<{ items: (StaffRef & { staff_no: string })[] }>('/api/workbench/staff-names', { q });

export type FlowLane = 'desk' | Service | 'gateway';
export interface FlowStep {
  id: string;
  /** Milliseconds since the first step. */
  offset_ms: number;
  /** A fact over Kafka, a commit inside a service, a direct call, a push to a screen, or a parked message. */
  kind: 'event' | 'commit' | 'call' | 'push' | 'parked';
  from: FlowLane;
  to: FlowLane | null;
  name: string;
  text: Text | null;
}
/** What happened to one case between the services, oldest first. */
export const getFlow = (caseId: Uuid) =>
  api.get<{ case_id: Uuid; case_no: string; steps: FlowStep[] }>(`/api/workbench/cases/${caseId}/flow`);

