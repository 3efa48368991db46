/** The applicant, masked, and the household with its year's income. */
import type { Applicant, ApplicationPage } from '@/api/welfare';
import type { RevealField, RevealRequest } from '@/api/session';
import { MaskedText } from '@/kit/MaskedText';
import { yuanText } from '@/kit/Money';
import { Panel } from '@/kit/Panel';
import { Empty } from '@/kit/states';
import { useWords } from '@/lib/words';
import styles from './welfare.module.css';

type Family = NonNullable<ApplicationPage['household']>;

function Household({ family }: { family: Family }) {
  const { t } = useWords();
  return (
    <table className={styles.household}>
      <thead>
        <tr>
          <th scope="col">{t('welfare.relation')}</th>
          <th scope="col">{t('welfare.name')}</th>
          <th scope="col">{t('welfare.situation')}</th>
          <th scope="col" className={styles.number}>
            {t('welfare.income_yuan')}
          </th>
        </tr>
      </thead>
      <tbody>
        {family.members.map((one) => (
          <tr key={one.index ?? 'applicant'}>
            <td>{one.relation}</td>
            <td>{one.name_masked}</td>
            <td className={styles.situation} title={one.situation}>
              {one.guardian_consent ? t('welfare.with_guardian', { text: one.situation }) : one.situation}
            </td>
            <td className={styles.number}>{yuanText(one.income_fen)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>
            {t('welfare.total')}
          </th>
          <td className={styles.number}>{yuanText(family.income_fen)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function useLine(person: Applicant): string {
  const { t } = useWords();
  return [
    person.gender && t(`welfare.gender_${person.gender}`),
    person.age !== null && t('welfare.age', { n: person.age }),
    person.migrant && t('welfare.migrant'),
    person.member_since !== null && t('welfare.member_since', { year: person.member_since }),
  ]
    .filter(Boolean)
    .join(' · ');
}

interface MaskedProps {
  data: ApplicationPage;
  masked: string | null;
  kind: RevealRequest['kind'];
  field: RevealField;
}

function Masked({ data, masked, kind, field }: MaskedProps) {
  if (masked === null) return <span>—</span>;
  return data.may_reveal ? <MaskedText masked={masked} owner="welfare" kind={kind} id={data.application_id} field={field} /> : <span>{masked}</span>;
}

export function PersonPanel({ data }: { data: ApplicationPage }) {
  const { t } = useWords();
  const { applicant, household } = data;
  const line = useLine(applicant);
  return (
    <Panel title={t('welfare.person')} count={household ? t('welfare.people', { n: household.size }) : undefined}>
      <div className={styles.person}>
        <span>{line || applicant.name_masked}</span>
        <Masked data={data} masked={applicant.id_no_masked} kind="party" field="id_no" />
        <span className={styles.oneLine} title={applicant.employer_name ?? undefined}>
          {applicant.employer_name ?? t('welfare.no_employer')}
        </span>
        <Masked data={data} masked={applicant.phone_masked} kind="party" field="phone" />
        {applicant.account_masked && <span>{applicant.bank}</span>}
        {applicant.account_masked && <Masked data={data} masked={applicant.account_masked} kind="payee" field="bank_account" />}
      </div>
      {household ? <Household family={household} /> : <Empty title={t('welfare.no_household')} advice={t('welfare.no_household_advice')} />}
    </Panel>
  );
}
