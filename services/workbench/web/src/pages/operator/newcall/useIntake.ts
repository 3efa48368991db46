/** What the form asks while somebody types. Each question stands alone: with one service down the form still works. */
import { useEffect, useRef } from 'react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { newKey } from '@/api/client';
import {
  findCaller, findDuplicates, findEmployers, getCatalogue, getEmployer, plan, suggest,
  type CallForm, type Caller, type DuplicateQuestion, type PlanQuestion,
} from '@/api/intake';
import { getCallerServices } from '@/api/workbench';
import { useLater } from '@/lib/useLater';
import { PHONE_DIGITS } from './form';

const SUGGEST_WAIT_MS = 350;
const ASK_WAIT_MS = 150;
/** The duplicate warning must stand 300 ms after the last digit. */
const SETTLE_MS = 40;
const NARRATIVE_CHARS_MIN = 6;
const EMPLOYER_CHARS_MIN = 2;
const CATALOGUE_STALE_MS = 3_600_000;
const CHANGED_BY_A_CALL = new Set(['caller', 'duplicates', 'employer', 'caller-services']);

export function useCatalogue() {
  return useQuery({ queryKey: ['catalogue'], queryFn: getCatalogue, staleTime: CATALOGUE_STALE_MS });
}

export function useCaller(phone: string, onFound: (caller: Caller) => void) {
  const digits = phone.replaceAll(/\D/g, '');
  const query = useQuery({ queryKey: ['caller', digits], queryFn: () => findCaller(digits), enabled: digits.length === PHONE_DIGITS });
  const told = useRef<Caller | null>(null);
  useEffect(() => {
    if (query.data && told.current !== query.data) {
      told.current = query.data;
      onFound(query.data);
    }
  });
  return query;
}

export function useEmployers(text: string) {
  const asked = useLater(text.trim(), ASK_WAIT_MS);
  return useQuery({ queryKey: ['employers', asked], queryFn: () => findEmployers(asked), enabled: asked.length >= EMPLOYER_CHARS_MIN, placeholderData: keepPreviousData });
}

export function useEmployerCard(id: string | null) {
  return useQuery({ queryKey: ['employer', id], queryFn: () => getEmployer(id ?? ''), enabled: id !== null });
}

export function useSuggestion(form: CallForm) {
  const narrative = useLater(form.narrative, SUGGEST_WAIT_MS);
  const asked = { narrative, employer_id: form.employer_id };
  return useQuery({
    queryKey: ['suggestion', asked],
    queryFn: () => suggest(asked, newKey()),
    enabled: narrative.trim().length >= NARRATIVE_CHARS_MIN,
    placeholderData: keepPreviousData,
  });
}

export function useDuplicates(form: CallForm) {
  const digits = form.phone.replaceAll(/\D/g, '');
  const question: DuplicateQuestion = useSettled({ phone: digits, employer_id: form.employer_id, category: form.category, claimant_count: form.claimant_count });
  return useQuery({
    queryKey: ['duplicates', question],
    queryFn: () => findDuplicates(question, newKey()),
    enabled: question.phone.length === PHONE_DIGITS || question.employer_id !== null,
    placeholderData: keepPreviousData,
  });
}

export function usePlan(form: CallForm) {
  const question = useSettled({
    category: form.category, urgency: form.urgency, handling: form.handling, region: form.region, employer_id: form.employer_id, claimant_count: form.claimant_count,
  });
  return useQuery({
    queryKey: ['plan', question],
    queryFn: () => plan(question as PlanQuestion, newKey()),
    enabled: question.category !== null,
    placeholderData: keepPreviousData,
  });
}

export function useCallerServices(partyId: string | null) {
  return useQuery({ queryKey: ['caller-services', partyId], queryFn: () => getCallerServices(partyId ?? ''), enabled: partyId !== null });
}

/** A call that was saved changes what is known of its caller and employer: the next call asks again, however soon it comes. */
export function useForgetAnswers(): () => void {
  const client = useQueryClient();
  return () => client.removeQueries({ predicate: ({ queryKey: [topic] }) => CHANGED_BY_A_CALL.has(String(topic)) });
}

/** An object that is new only when its content is, and only after it stood still. */
function useSettled<Value extends object>(value: Value): Value {
  return JSON.parse(useLater(JSON.stringify(value), SETTLE_MS)) as Value;
}
