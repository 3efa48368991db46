/** The officer writes down the household, its money and the account with the applicant; the arithmetic follows as they speak. */
import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router-dom';
import { newKey, Problem } from '@/api/client';
import { assessHousehold, getApplication, getApplicationForm, saveApplicationForm, type ApplicationForm, type ApplicationPage } from '@/api/welfare';
import { Act } from '@/kit/Act';
import { ActionBar } from '@/kit/ActionBar';
import { Panel } from '@/kit/Panel';
import { QueryState } from '@/kit/states';
import { useCommand } from '@/kit/useCommand';
import { useLater } from '@/lib/useLater';
import { useWords } from '@/lib/words';
import page from '@/kit/page.module.css';
import { TOUCHED } from './ActDialogs';
import { HardshipView } from './HardshipPanel';
import { BLANK, formOf, isWrongAmount, moneyOf, typedOf, type TypedForm } from './form';
import { AccountFields, ConsentFields, PersonFields } from './FormFields';
import { ExpenseTable, MemberTable } from './FormTables';
import styles from './form.module.css';

const ASK_AFTER_MS = 250;

export interface FormProps {
  form: TypedForm;
  change: (part: Partial<TypedForm>) => void;
  errorOf: (field: string) => string | null;
}

function LiveAssessment({ form, programme }: { form: TypedForm; programme: string }) {
  const { t } = useWords();
  const money = useLater(JSON.stringify(moneyOf(form, programme)), ASK_AFTER_MS);
  const query = useQuery({ queryKey: ['assessment', money], queryFn: () => assessHousehold(JSON.parse(money), newKey()), placeholderData: keepPreviousData });
  return (
    <Panel grow title={t('welfare.hardship')} count={query.data ? t('welfare.basis', { edition: query.data.standard }) : undefined}>
      <div aria-live="polite">
        <QueryState query={query} rows={5} title={t('welfare.no_arithmetic')}>
          {(hardship) => <HardshipView hardship={hardship} />}
        </QueryState>
      </div>
    </Panel>
  );
}

function hasWrongAmount(form: TypedForm): boolean {
  return [form.income, form.amount, form.calamity_cost, ...form.members.map((one) => one.income), ...form.expenses.map((one) => one.amount)].some(isWrongAmount);
}

interface EditorProps {
  data: ApplicationPage;
  start: ApplicationForm;
  version: number;
  consents: string[];
}

function Editor({ data, start, version, consents }: EditorProps) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [form, setForm] = useState(() => typedOf(start));
  const change = (part: Partial<TypedForm>) => setForm((now) => ({ ...now, ...part }));
  const back = () => void navigate(`/welfare/applications/${data.application_id}`);
  const { mutation, errorOf } = useCommand({
    run: (key) => saveApplicationForm(data.application_id, formOf(form), version, key),
    touches: TOUCHED,
    says: t('welfare.form_kept'),
    onDone: back,
  });
  const wrong = hasWrongAmount(form);
  const refused = mutation.error instanceof Problem ? mutation.error : null;
  const parts = { form, change, errorOf };
  return (
    <>
      <div className={styles.columns}>
        <div className={styles.fields}>
          <PersonFields {...parts} />
          <MemberTable {...parts} />
          <ExpenseTable {...parts} />
          <AccountFields {...parts} />
          <ConsentFields {...parts} consents={consents} />
        </div>
        <div className={page.column}>
          <LiveAssessment form={form} programme={data.programme.code} />
        </div>
      </div>
      <ActionBar says={t('welfare.form_says')} missing={wrong ? t('welfare.form_wrong_amount') : refused ? <FormProblem problem={refused} /> : undefined}>
        <Act size="bar" onAct={back}>
          {t('welfare.form_back')}
        </Act>
        <Act size="bar" kind="primary" shortcut="submit" blocked={wrong} busy={mutation.isPending} onAct={() => mutation.mutate()}>
          {t('welfare.form_save')}
        </Act>
      </ActionBar>
    </>
  );
}

function FormProblem({ problem }: { problem: Problem }) {
  const { t, explain } = useWords();
  return <>{problem.errors.length > 0 ? t('welfare.form_errors', { n: problem.errors.length }) : explain(problem)}</>;
}

export default function FormPage() {
  const { t, say } = useWords();
  const { applicationId = '' } = useParams();
  const application = useQuery({ queryKey: ['application', applicationId], queryFn: () => getApplication(applicationId) });
  // Read once: what is being typed must not be overwritten by a refetch, and every reading is audited.
  const form = useQuery({ queryKey: ['application-form', applicationId], queryFn: () => getApplicationForm(applicationId), staleTime: Number.POSITIVE_INFINITY, gcTime: 0 });
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{t('welfare.form')}</h1>
        {application.data && (
          <span className={styles.headNote}>
            {application.data.application_no} · {say(application.data.title)} · {application.data.org.name}
          </span>
        )}
      </header>
      <QueryState query={application} rows={8}>
        {(data) => (
          <QueryState query={form} rows={8}>
            {(answer) => <Editor key={applicationId} data={data} start={answer.form ?? BLANK} version={answer.version} consents={answer.consent_versions} />}
          </QueryState>
        )}
      </QueryState>
    </div>
  );
}
