/** How the system runs: every service answers the same questions under its own address (shared/kernel/operations.py). */
import { api } from './client';
import type { Instant, Service, Text, Uuid } from './types';

export interface TimerKind {
  kind: string;
  title: Text;
  pending: number;
  /** Tried until the limit; a person decides. */
  failed: number;
  fired_today: number;
  earliest: Instant | null;
}
export interface ServiceOverview {
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
export interface ServiceState {
  service: Service;
  name: Text;
  reachable: boolean;
  overview: ServiceOverview | null;
}
export interface ParkedRow {
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
export interface ParkedMessage {
  /** The service that could not apply it; replay and skip go there. */
  service: Service;
  case_id: Uuid | null;
  case_no: string | null;
  /** How the fact reads; its wire name is `row.name`. */
  title: Text;
  row: ParkedRow;
}
export interface Operations {
  services: ServiceState[];
  parked: ParkedMessage[];
  /** Screens that hear the live stream of this process. */
  browsers: number;
  as_of: Instant;
}
export const getOperations = () => api.get<Operations>('/api/workbench/overview');
export const replayParked = (service: Service, eventId: Uuid, key: string) =>
  api.post<{ result: 'replaying' }>(`/api/${service}/operations/parked/${eventId}/replay`, {}, { key });
export const skipParked = (service: Service, eventId: Uuid, reason: string, key: string) =>
  api.post<{ result: 'skipped' | 'second_person_needed' }>(`/api/${service}/operations/parked/${eventId}/skip`, { reason }, { key });

/** A fact: told by its service at, known to the workbench at; milliseconds since the first. */
export interface Hop {
  event_id: Uuid;
  cause_id: Uuid | null;
  case_no: string;
  service: Service;
  name: string;
  title: Text;
  told_ms: number;
  known_ms: number;
}
export interface Flow {
  /** Null: the latest facts of all cases. */
  case_id: Uuid | null;
  case_no: string;
  began_at: Instant | null;
  hops: Hop[];
}
/** `of`: the id of a case, or its number; null for the latest of all. */
export const getFlow = (of: string | null) => api.get<Flow>('/api/workbench/flow', { case: of });

export interface AuditLine {
  id: string;
  service: Service;
  at: Instant;
  by: string;
  actor_id: Uuid;
  roles: string[];
  action: string;
  kind: string;
  object_id: Uuid;
  before: unknown;
  after: unknown;
  why: string | null;
  hash: string;
}
export interface AuditFilter {
  object_id?: string;
  actor_id?: string;
  action?: string;
  since?: string;
  cursor?: string;
}
/** Newest first over all services; `missing` names those that did not answer. */
export const getAudit = ({ object_id, actor_id, action, since, cursor }: AuditFilter) =>
  api.get<{ items: AuditLine[]; next_cursor: string | null; missing: Service[] }>('/api/workbench/audit', { object_id, actor_id, action, since, cursor });

export interface ChainState {
  service: Service;
  name: Text;
  /** Null: the service did not answer. */
  report: { ok: boolean; links: number; chains: number; bad_chain: Uuid | null; bad_seq: number | null; why: string } | null;
}
/** Recomputes every hash of every chain. */
export const checkChains = () => api.get<{ items: ChainState[] }>('/api/workbench/audit/check');
