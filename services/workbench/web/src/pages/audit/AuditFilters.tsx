/** Three ready questions, and the filter they fill in. Everything stands in the address. */
import { useState } from 'react';
import { Input, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import type { AuditLine } from '@/api/operations';
import { search } from '@/api/session';
import { getCase } from '@/api/workbench';
import { Act } from '@/kit/Act';
import { Dialog } from '@/kit/Dialog';
import { Field } from '@/kit/Field';
import { Empty, QueryState } from '@/kit/states';
import type { Filter } from '@/kit/QueryTable';
import { isoDayOf, startOfDay } from '@/lib/dates';
import { serverNow } from '@/lib/serverTime';
import { useLater } from '@/lib/useLater';
import { useWords } from '@/lib/words';
import styles from './audit.module.css';

const QUESTIONS = ['seen', 'changed', 'week'] as const;
type Question = (typeof QUESTIONS)[number];
const ACTIONS = [
  'party.reveal', 'value.reveal', 'party.erase', 'case.register', 'case.call', 'case.join', 'case.note', 'case.call_back', 'case.close', 'case.sign', 'case.return', 'case.keep', 'case.redispatch', 'case.merge', 'case.extension', 'case.extend', 'case.extension_refused', 'case.fail_check', 'case.supervise', 'case.lift_supervision', 'dispute.open', 'application.open', 'application.review', 'application.approve',
  'payment.release', 'payment.propose', 'account.propose', 'account.approve', 'objection.raise', 'objection.resolve', 'budget.appropriate', 'parked.replay', 'parked.skip', 'staff.created', 'staff.changed', 'staff.password_set',
  'session.opened', 'session.refused', 'audit.read',
] as const;
const WAIT_MS = 200;
const CHARS_MIN = 2;
const DAY_MS = 86_400_000;
const WEEKDAYS = 7;
const MONDAY = 1;

/** Monday 00:00 of this week in the office. */
function weekStart(): string {
  const now = serverNow();
  const today = startOfDay(isoDayOf(now));
  const weekday = new Date(`${isoDayOf(now)}T00:00:00Z`).getUTCDay();
  return new Date(today.getTime() - ((weekday - MONDAY + WEEKDAYS) % WEEKDAYS) * DAY_MS).toISOString();
}

interface PickProps {
  question: Question;
  people: AuditLine[];
  onPick: (changed: Filter) => void;
  onClose: () => void;
}

function Parties({ caseId, onPick }: { caseId: string; onPick: (id: string) => void }) {
  const { t } = useWords();
  const query = useQuery({ queryKey: ['case', caseId], queryFn: () => getCase(caseId) });
  return (
    <QueryState query={query} rows={2}>
      {({ parties }) =>
        parties.claimants.items.length === 0 ? (
          <Empty title={t('audit.no_people')} />
        ) : (
          <div className={styles.choices}>
            {parties.claimants.items.map((one) => (
              <Act key={one.party_id} size="row" onAct={() => onPick(one.party_id)}>
                {one.name_masked} {one.phone_masked}
              </Act>
            ))}
          </div>
        )
      }
    </QueryState>
  );
}

function PickDialog({ question, people, onPick, onClose }: PickProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const [caseId, setCaseId] = useState<string | null>(null);
  const asked = useLater(typed.trim(), WAIT_MS);
  const hits = useQuery({ queryKey: ['search', asked], queryFn: () => search(asked), enabled: question !== 'week' && asked.length >= CHARS_MIN });
  const known = [...new Map(people.map((one) => [one.actor_id, one.by])).entries()];
  return (
    <Dialog open title={t(`audit.question_${question}`)} onClose={onClose}>
      {question === 'week' ? (
        <Field label={t('audit.person')} note={t('audit.person_note')}>
          {(ids) => <Select {...ids} autoFocus showSearch={{ optionFilterProp: 'label' }} style={{ width: '100%' }} options={known.map(([value, label]) => ({ value, label }))} onChange={(id: string) => onPick({ actor_id: id, object_id: '', action: '', since: weekStart() })} />}
        </Field>
      ) : (
        <>
          <Field label={t('audit.find_case')}>{(ids) => <Input {...ids} autoFocus value={typed} onChange={(event) => setTyped(event.target.value)} placeholder={t('shell.search_hint')} />}</Field>
          {hits.data && (
            <div className={styles.choices}>
              {hits.data.items.length === 0 && <Empty title={t('shell.search_none')} />}
              {hits.data.items.map((one) => (
                <Act key={one.id} size="row" kind={one.id === caseId ? 'chosen' : 'plain'} onAct={() => (question === 'changed' ? onPick({ object_id: one.id, actor_id: '', action: '', since: '' }) : setCaseId(one.id))}>
                  {one.case_no} {one.title}
                </Act>
              ))}
            </div>
          )}
          {caseId && <Parties key={caseId} caseId={caseId} onPick={(id) => onPick({ object_id: id, actor_id: '', action: '', since: '' })} />}
        </>
      )}
    </Dialog>
  );
}

interface Props {
  filter: Filter;
  onChange: (changed: Filter) => void;
  people: AuditLine[];
}

export function AuditFilters({ filter, onChange, people }: Props) {
  const { t } = useWords();
  const [question, setQuestion] = useState<Question | null>(null);
  const isFiltered = Boolean(filter.object_id || filter.actor_id || filter.action || filter.since);
  const who = people.find((one) => one.actor_id === filter.actor_id)?.by ?? filter.actor_id;
  return (
    <div className={styles.filters}>
      {QUESTIONS.map((one) => (
        <Act key={one} onAct={() => setQuestion(one)}>
          {t(`audit.question_${one}`)}
        </Act>
      ))}
      <span className={styles.gap} />
      <Input key={filter.object_id ?? ''} aria-label={t('audit.object_id')} placeholder={t('audit.object_id')} defaultValue={filter.object_id} allowClear style={{ width: 220 }} onPressEnter={(event) => onChange({ object_id: event.currentTarget.value.trim() })} onBlur={(event) => onChange({ object_id: event.currentTarget.value.trim() })} />
      <Select
        aria-label={t('audit.action')}
        placeholder={t('audit.any_action')}
        value={filter.action || undefined}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: 170 }}
        options={ACTIONS.map((value) => ({ value, label: t(`audit.action_${value.replaceAll('.', '_')}`) }))}
        onChange={(action: string | undefined) => onChange({ action: action ?? '' })}
      />
      <Input aria-label={t('audit.since')} type="date" style={{ width: 150 }} value={filter.since ? isoDayOf(new Date(filter.since)) : ''} onChange={(event) => onChange({ since: event.target.value ? startOfDay(event.target.value).toISOString() : '' })} />
      {who && <span className={styles.note}>{t('audit.only', { name: who })}</span>}
      {isFiltered && (
        <Act kind="quiet" onAct={() => onChange({ object_id: '', actor_id: '', action: '', since: '' })}>
          {t('audit.clear')}
        </Act>
      )}
      {question && (
        <PickDialog
          question={question}
          people={people}
          onClose={() => setQuestion(null)}
          onPick={(changed) => {
            setQuestion(null);
            onChange(changed);
          }}
        />
      )}
    </div>
  );
}
