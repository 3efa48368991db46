/** Commands to the dispute side that the case page offers. */
import { api } from './client';
import type { Uuid } from './types';

export interface ActionForm {
  /** Numbered choice of the dialog; null when the action has none. */
  reason: string | null;
  note: string;
  /** A person or an office to hand over to; null when the action has none. */
  target: string | null;
  /** A date for the action; null when it has none. */
  on: string | null;
}
/** Every action of a dispute is one command under its own code: accept, transfer, remind, extend, close … */
export const actOnDispute = (disputeId: Uuid, action: string, form: ActionForm, version: number, key: string) =>
  api.post<void>(`/api/mediation/disputes/${disputeId}/${action}`, form, { key, version });
