/** Who is calling: possible repeats first, then the employer, what other services hold, closed cases, and answers. */
import { useRef, type RefObject } from 'react';
import { BookOutlined, HeartOutlined, RightOutlined, TeamOutlined, WarningFilled } from '@ant-design/icons';
import { Link } from 'react-router-dom';
import type { CallForm, Caller, DuplicateCase, Duplicates } from '@/api/intake';
import { Act } from '@/kit/Act';
import { Avatar } from '@/kit/Avatar';
import { Clock } from '@/kit/Clock';
import { KeyCap, ShortcutCaps } from '@/kit/KeyCap';
import { MaskedText } from '@/kit/MaskedText';
import { Empty, Failed, Loading } from '@/kit/states';
import { StatusTag } from '@/kit/StatusTag';
import { monthDay, startOfDay } from '@/lib/dates';
import { useNumberKeys, type ShortcutId } from '@/lib/keys';
import { useWords } from '@/lib/words';
import { answersFor } from './form';
import { useCallerServices, useCaller, useCatalogue, useDuplicates, useEmployerCard } from './useIntake';
import styles from './panel.module.css';

const ANSWERS_SHOWN = 3;

interface Props {
  box: RefObject<HTMLElement | null>;
  form: CallForm;
  caller: ReturnType<typeof useCaller>;
  duplicates: ReturnType<typeof useDuplicates>;
  onDuplicate: (one: DuplicateCase) => void;
}

export function CallerPanel({ box, form, caller, duplicates, onDuplicate }: Props) {
  const { t } = useWords();
  return (
    <aside className={styles.panel} ref={box} tabIndex={-1} aria-label={t('call.panel')}>
      <div className={styles.scroll}>
        {caller.data?.party ? <CallerHead caller={caller.data} /> : <NoCaller asked={form.phone} caller={caller} />}
        {duplicates.isError && <Failed problem={duplicates.error} title={t('call.history_failed')} onRetry={() => void duplicates.refetch()} />}
        {duplicates.data && <DuplicateList found={duplicates.data} onDuplicate={onDuplicate} />}
        <EmployerBlock id={form.employer_id} />
        <ServicesBlock partyId={form.party_id} />
        {caller.data && caller.data.closed_count > 0 && <ClosedBlock caller={caller.data} />}
        <AnswersBlock category={form.category} />
      </div>
      <footer className={styles.hints}>
        <Hint cap="Tab" says={t('call.hint_next')} />
        <Hint shortcut="other_side" says={t('keys.other_side')} />
        <Hint shortcut="close" says={t('call.hint_back')} />
        <Hint shortcut="sheet" says={t('keys.all')} />
      </footer>
    </aside>
  );
}

function Hint({ shortcut, cap, says }: { shortcut?: ShortcutId; cap?: string; says: string }) {
  return (
    <span>
      {shortcut && <ShortcutCaps shortcut={shortcut} />}
      {cap && <KeyCap>{cap}</KeyCap>} {says}
    </span>
  );
}

function NoCaller({ asked, caller }: { asked: string; caller: Props['caller'] }) {
  const { t } = useWords();
  if (caller.isLoading) return <Loading rows={3} />;
  if (caller.isError) return <Failed problem={caller.error} title={t('call.history_failed')} onRetry={() => void caller.refetch()} />;
  return caller.data ? <Empty title={t('call.first_call')} advice={t('call.first_call_advice')} /> : <Empty title={t(asked ? 'call.type_on' : 'call.no_number')} />;
}

function CallerHead({ caller }: { caller: Caller }) {
  const { t, say } = useWords();
  const party = caller.party;
  if (!party) return null;
  const about = [party.gender && t(`call.${party.gender}`), party.age && t('call.age', { n: party.age })].filter(Boolean).join(' · ');
  return (
    <header className={styles.caller}>
      <Avatar name={party.name_masked} size="large" />
      <div className={styles.callerWords}>
        <h2>
          <Link to={`/parties/${party.party_id}`}>{party.name_masked}</Link> {caller.member && <StatusTag tone="done">{t('call.is_member')}</StatusTag>}
        </h2>
        <p>
          {about}
          {party.id_no_masked && (
            <>
              {about && ' · '}
              <MaskedText masked={party.id_no_masked} owner="intake" kind="party" id={party.party_id} field="id_no" />
            </>
          )}
        </p>
        <p>
          {t('call.calls_before')} <b>{caller.calls_12_months}</b> {t('call.times')}
          {caller.last_call_on && ` · ${t('call.last', { day: monthDay(startOfDay(caller.last_call_on)) })}`}
          {caller.last_satisfaction && (
            <>
              {` · ${t('menu.callbacks')} `}
              <b>{say(caller.last_satisfaction)}</b>
            </>
          )}
        </p>
      </div>
      <ShortcutCaps shortcut="other_side" />
    </header>
  );
}

function DuplicateList({ found, onDuplicate }: { found: Duplicates; onDuplicate: (one: DuplicateCase) => void }) {
  const { t } = useWords();
  const list = useRef<HTMLElement>(null);
  useNumberKeys((index) => {
    const one = found.items[index];
    if (one) onDuplicate(one);
  }, { within: list });
  return (
    <section className={found.items.length > 0 ? styles.duplicates : undefined} ref={list} aria-live="polite" aria-label={t('call.duplicates', { n: found.items.length })}>
      {found.items.length > 0 && (
        <h3 className={styles.dupHead} tabIndex={-1} data-first>
          <WarningFilled aria-hidden /> {t('call.duplicates', { n: found.items.length })} <span>{t('call.within_30')}</span>
        </h3>
      )}
      {found.items.map((one, index) => (
        <Duplicate key={one.case_id} one={one} number={index + 1} onAct={() => onDuplicate(one)} />
      ))}
    </section>
  );
}

function Duplicate({ one, number, onAct }: { one: DuplicateCase; number: number; onAct: () => void }) {
  const { t, say } = useWords();
  return (
    <article className={styles.dup}>
      <div className={styles.between}>
        <Link to={`/cases/${one.case_id}`} className={styles.no}>
          {one.case_no}
        </Link>
        <Clock deadline={one.clock} style={one.clock.unit === 'day' ? 'left' : 'when'} />
      </div>
      <p className={styles.dupTitle}>{one.title}</p>
      <p className={styles.dupState}>
        {[say(one.state), one.org_name, one.registrar_masked && t('call.registrar', { who: one.registrar_masked })].filter(Boolean).join(' · ')}
      </p>
      <div className={styles.between}>
        <span className={styles.sames}>
          {one.same.map((same) => (
            <StatusTag key={same.code} tone="soon" icon={null}>
              {say(same.label)}
            </StatusTag>
          ))}
          {one.differs.map((differs) => (
            <span key={differs.code} className={styles.small}>
              {say(differs.label)}
            </span>
          ))}
        </span>
        <Act kind={one.act === 'join' ? 'chosen' : 'plain'} size="row" icon={one.act === 'join' ? <TeamOutlined /> : undefined} cap={number} onAct={onAct}>
          {t(`call.dup_${one.act}`)}
        </Act>
      </div>
    </article>
  );
}

function EmployerBlock({ id }: { id: string | null }) {
  const { t } = useWords();
  const { data } = useEmployerCard(id);
  if (!data) return null;
  const figures: [string, string][] = [
    [t('call.count_cases', { n: data.cases_12_months }), t('call.employer_cases')],
    [t('call.count_cases', { n: data.arrears_12_months }), t('call.employer_arrears')],
    [data.headcount === null ? '—' : t('call.people_value', { count: data.headcount }), t('call.employer_staff')],
    [t(data.unionised_since ? 'call.unionised' : 'call.not_unionised'), data.unionised_since ? t('call.since', { year: data.unionised_since }) : t('call.union')],
  ];
  return (
    <section className={styles.block}>
      <div className={styles.between}>
        <h3>
          {data.short_name} <span className={styles.small}>{t('call.last_12')}</span>
        </h3>
        <Link to={`/employers/${data.employer_id}`}>{t('call.employer_file')}</Link>
      </div>
      <dl className={styles.figures}>
        {figures.map(([value, name]) => (
          <div key={name}>
            <dd>{value}</dd>
            <dt>{name}</dt>
          </div>
        ))}
      </dl>
    </section>
  );
}

function ServicesBlock({ partyId }: { partyId: string | null }) {
  const { t, say } = useWords();
  const { data } = useCallerServices(partyId);
  if (!data || data.items.length === 0) return null;
  return (
    <section className={styles.block}>
      <h3>
        {t('call.other_services')} <span className={styles.small}>{data.items.length}</span>
      </h3>
      {data.items.map((one) => (
        <div key={one.id} className={styles.line}>
          <HeartOutlined aria-hidden />
          <Link to={one.service === 'welfare' ? `/welfare/applications/${one.id}` : `/cases/${one.id}`} className={styles.lineTitle}>
            {one.title}
          </Link>
          <StatusTag tone={one.tone} icon={null}>
            {say(one.state)}
          </StatusTag>
          {one.until && <span className={styles.small}>{t('call.until', { day: monthDay(new Date(one.until)) })}</span>}
        </div>
      ))}
    </section>
  );
}

function ClosedBlock({ caller }: { caller: Caller }) {
  const { t, say } = useWords();
  return (
    <Link className={`${styles.block} ${styles.line}`} to={`/cases?state=closed&q=${caller.party?.phone_masked?.slice(-4) ?? ''}`}>
      <RightOutlined aria-hidden />
      <span className={styles.lineTitle}>{t('call.closed', { n: caller.closed_count })}</span>
      <span className={styles.small}>{caller.closed_kinds.map((one) => `${say(one.label)} ${one.count}`).join(' · ')}</span>
    </Link>
  );
}

/** Answers to read aloud, those of the chosen category first; each opens where it stands. */
function AnswersBlock({ category }: { category: string | null }) {
  const { t } = useWords();
  const answers = answersFor(useCatalogue().data?.phrases ?? [], category);
  if (answers.length === 0) return null;
  return (
    <section className={`${styles.block} ${styles.answers}`}>
      <h3>
        {t('call.answers')} <span className={styles.small}>{t('call.answers_note')}</span>
      </h3>
      {answers.slice(0, ANSWERS_SHOWN).map((one) => (
        <details key={one.code} className={styles.answer}>
          <summary className={styles.line}>
            <BookOutlined aria-hidden /> <span className={styles.lineTitle}>{one.title}</span>
          </summary>
          <p>{one.text}</p>
        </details>
      ))}
    </section>
  );
}
