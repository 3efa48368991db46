/** A worker: masked (the eye asks for a reason), how to reach them, their applications and their cases. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router-dom';
import { getPartyApplications, getPartyFile, type PartyApplication, type PartyFile } from '@/api/files';
import { Act } from '@/kit/Act';
import { MaskedText } from '@/kit/MaskedText';
import { Figures } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Empty, Failed, Loading } from '@/kit/states';
import { StatusTag } from '@/kit/StatusTag';
import { dayOf } from '@/lib/dates';
import { serverNow } from '@/lib/serverTime';
import { useWords } from '@/lib/words';
import { FilePage } from './FilePage';
import styles from './files.module.css';

export default function PartyPage() {
  const id = useParams().partyId ?? '';
  return (
    <FilePage
      kind="party"
      id={id}
      load={getPartyFile}
      title={(file) => file.name_masked}
      numbers={(file) => <Numbers file={file} />}
      side={(file) => (
        <>
          <Person file={file} />
          <Reach file={file} />
          <Applications id={id} />
        </>
      )}
    />
  );
}

function Numbers({ file }: { file: PartyFile }) {
  const { t } = useWords();
  const count = (state: 'open' | 'closed', value: number) => ({
    name: t(`caselist.state_${state}`),
    value: (
      <Link to={`?state=${state}`} aria-label={t('files.figure', { what: t(`caselist.state_${state}`), n: value })}>
        {value}
      </Link>
    ),
    unit: t('files.unit_case'),
  });
  const last = file.last_registered_at ? dayOf(new Date(file.last_registered_at), serverNow(), t) : '—';
  return (
    <Figures
      items={[
        count('open', file.open_cases),
        count('closed', file.closed_cases),
        { name: t('files.last_registered'), value: last },
        { name: t('files.satisfaction'), value: file.last_satisfaction ?? '—', unit: file.last_satisfaction === null ? undefined : t('files.of_five') },
      ]}
    />
  );
}

function Secret({ file, field, masked }: { file: PartyFile; field: 'name' | 'phone' | 'id_no'; masked: string | null }) {
  const { t } = useWords();
  if (masked === null || file.erased) return <span>{masked ?? t('files.unknown')}</span>;
  return <MaskedText masked={masked} owner="intake" kind="party" id={file.party_id} field={field} />;
}

function Person({ file }: { file: PartyFile }) {
  const { t } = useWords();
  return (
    <Panel title={t('files.person')} count={file.erased ? t('files.erased') : t('files.masked_note')}>
      <dl className={styles.facts}>
        <dt>{t('files.name')}</dt>
        <dd>
          <Secret file={file} field="name" masked={file.name_masked} />
        </dd>
        <dt>{t('files.id_no')}</dt>
        <dd>
          <Secret file={file} field="id_no" masked={file.id_no_masked} />
        </dd>
        <dt>{t('files.sex')}</dt>
        <dd>{file.sex === 'male' || file.sex === 'female' ? t(`call.${file.sex}`) : t('files.unknown')}</dd>
        <dt>{t('files.member')}</dt>
        <dd>{file.member === null ? t('files.unknown') : <StatusTag tone={file.member ? 'done' : 'paused'}>{t(file.member ? 'call.is_member' : 'files.no_member')}</StatusTag>}</dd>
        <dt>{t('files.employer_last')}</dt>
        <dd>{file.employer ? <Link to={`/employers/${file.employer.employer_id}`}>{file.employer.name}</Link> : t('files.unknown')}</dd>
      </dl>
    </Panel>
  );
}

function Reach({ file }: { file: PartyFile }) {
  const { t } = useWords();
  const sms = file.sms_consent === null ? t('files.unknown') : t(file.sms_consent ? 'files.sms_yes' : 'files.sms_no');
  return (
    <Panel title={t('files.reach')}>
      <dl className={styles.facts}>
        <dt>{t('files.phone')}</dt>
        <dd>
          <Secret file={file} field="phone" masked={file.phone_masked} />
        </dd>
        <dt>{t('files.sms')}</dt>
        <dd>{sms}</dd>
        <dt>{t('files.language')}</dt>
        <dd>{file.language === 'en' ? t('files.language_en') : t('files.language_zh')}</dd>
      </dl>
    </Panel>
  );
}

function Applications({ id }: { id: string }) {
  const { t } = useWords();
  const query = useInfiniteQuery({
    queryKey: ['applications', 'party', id],
    queryFn: ({ pageParam }) => getPartyApplications(id, pageParam),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor,
  });
  const items = query.data?.pages.flatMap((one) => one.items) ?? [];
  return (
    <Panel grow title={t('files.applications')} count={items.length > 0 ? items.length : undefined}>
      {query.isLoading && <Loading rows={2} />}
      {query.isError && <Failed problem={query.error} onRetry={() => void query.refetch()} />}
      {query.data && items.length === 0 && <Empty title={t('files.no_applications')} />}
      {items.map((one) => (
        <Application key={one.application_id} one={one} />
      ))}
      {query.hasNextPage && (
        <p className={styles.more}>
          <Act size="row" busy={query.isFetchingNextPage} onAct={() => void query.fetchNextPage()}>
            {t('files.more')}
          </Act>
        </p>
      )}
    </Panel>
  );
}

function Application({ one }: { one: PartyApplication }) {
  const { t, say } = useWords();
  const name = say(one.programme.label);
  return (
    <div className={styles.application}>
      <p className={styles.between}>
        {one.href ? <Link to={one.href}>{name}</Link> : <b>{name}</b>}
        <StatusTag tone={one.closed ? 'paused' : 'brand'}>{say(one.state.label)}</StatusTag>
      </p>
      <p className={styles.small}>{[one.application_no, one.org.name, one.since && dayOf(new Date(one.since), serverNow(), t)].filter(Boolean).join(' · ')}</p>
    </div>
  );
}
