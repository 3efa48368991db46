/** Who is in it: claimants (masked) with whether they were told, the employer with its record, the money, the staff. */
import { Link } from 'react-router-dom';
import type { CasePage } from '@/api/workbench';
import { Avatar } from '@/kit/Avatar';
import { MaskedText } from '@/kit/MaskedText';
import { Money } from '@/kit/Money';
import { Panel } from '@/kit/Panel';
import { StatusTag, StatusWord } from '@/kit/StatusTag';
import { useWords } from '@/lib/words';
import { FailedMessages } from '../common/FailedMessages';
import styles from './case.module.css';

export function PartiesPanel({ data }: { data: CasePage }) {
  const { t, say } = useWords();
  const { claimants, employer, claimed_fen: claimed, paid_fen: paid, staff } = data.parties;
  return (
    <Panel grow title={t('case.parties')}>
      <dl className={styles.parties}>
        <dt>{t('case.claimants')}</dt>
        <dd>
          <p>
            <b>{t('call.people_value', { count: claimants.count })}</b> <span className={styles.small}>{say(claimants.note)}</span>
          </p>
          {claimants.items.map((one) => (
            <p key={one.party_id} className={styles.claimant}>
              <Link to={`/parties/${one.party_id}`}>{one.name_masked}</Link>
              {one.phone_masked ? <MaskedText masked={one.phone_masked} owner="intake" kind="party" id={one.party_id} field="phone" /> : <span />}
              {one.delivery && <StatusWord tone={one.tone}>{say(one.delivery)}</StatusWord>}
            </p>
          ))}
        </dd>
        {employer && (
          <>
            <dt>{t('call.employer')}</dt>
            <dd>
              <p>
                <Link to={`/employers/${employer.employer_id}`}>{employer.name}</Link>
              </p>
              <p className={styles.small}>{say(employer.line)}</p>
              <p className={styles.tags}>
                {employer.tags.map((tag) => (
                  <StatusTag key={tag.text.zh} tone={tag.tone} icon={null}>
                    {say(tag.text)}
                  </StatusTag>
                ))}
              </p>
            </dd>
          </>
        )}
        <dt>{t('call.amount')}</dt>
        <dd>
          {t('case.claimed')} <Money fen={claimed} strong /> · {t('case.paid')} <Money fen={paid} />
        </dd>
        <dt>{t('case.staff')}</dt>
        <dd className={styles.staff}>
          {staff.map((one) => (
            <span key={one.staff_id}>
              <Avatar name={one.name} /> {one.name} <span className={styles.small}>{say(one.role)}</span>
            </span>
          ))}
        </dd>
      </dl>
      <FailedMessages caseId={data.case_id} />
    </Panel>
  );
}
