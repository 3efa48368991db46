/** Money by budget: what was granted and where it stands; and each entry with what was free after it. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router-dom';
import { getBudgets, getLedger, type BudgetLine, type LedgerLine } from '@/api/publicMoney';
import { Act } from '@/kit/Act';
import { yuanText } from '@/kit/Money';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Empty, Failed, Loading, QueryState } from '@/kit/states';
import { StatusWord } from '@/kit/StatusTag';
import { fullOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import page from '@/kit/page.module.css';
import styles from './ledger.module.css';

const SUMS = ['granted', 'paid', 'under_way', 'owed', 'held', 'free'] as const;
const NUMBER_DIGITS = 6;
const SECOND_CHARS = 19;

const sumOf = (budget: BudgetLine, name: (typeof SUMS)[number]): number => (name === 'free' ? budget.available_fen : budget[`${name}_fen`]);

function Budgets({ budgets, chosen, onChoose }: { budgets: BudgetLine[]; chosen: string | null; onChoose: (id: string) => void }) {
  const { t, say } = useWords();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('welfare.programme')}</th>
          <th scope="col">{t('welfare.org')}</th>
          <th scope="col">{t('welfare.fund')}</th>
          {SUMS.map((name) => (
            <th key={name} scope="col" className={styles.number}>
              {t(`welfare.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {budgets.map((budget) => (
          <tr key={budget.budget_id} className={budget.budget_id === chosen ? styles.chosen : undefined}>
            <th scope="row">
              <button type="button" className={styles.choose} aria-pressed={budget.budget_id === chosen} onClick={() => onChoose(budget.budget_id)}>
                {say(budget.programme.label)} {budget.year}
              </button>
            </th>
            <td>{budget.org.name}</td>
            <td>{t([`welfare.fund_${budget.fund}`, budget.fund])}</td>
            {SUMS.map((name) => (
              <td key={name} className={`${styles.number} ${name === 'free' ? styles.bold : ''}`}>
                {yuanText(sumOf(budget, name))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Entry({ line }: { line: LedgerLine }) {
  const { t } = useWords();
  return (
    <tr>
      <td className={styles.note}>{line.no}</td>
      <td>{fullOf(new Date(line.booked_at)).slice(0, SECOND_CHARS)}</td>
      <td>{line.reason || line.code}</td>
      <td>{line.application_id && line.application_no && <Link to={`/welfare/applications/${line.application_id}`}>{line.application_no.slice(-NUMBER_DIGITS)}</Link>}</td>
      <td>{t([`welfare.account_${line.debit}`, line.debit])}</td>
      <td>{t([`welfare.account_${line.credit}`, line.credit])}</td>
      <td className={styles.number}>{yuanText(line.amount_fen)}</td>
      <td className={styles.number}>{yuanText(line.available_fen)}</td>
    </tr>
  );
}

function Entries({ budgetId }: { budgetId: string }) {
  const { t } = useWords();
  const query = useInfiniteQuery({ queryKey: ['ledger', budgetId], queryFn: ({ pageParam }) => getLedger(budgetId, pageParam), initialPageParam: '', getNextPageParam: (last) => last.next_cursor });
  if (query.isError && !query.data) return <Failed problem={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={6} />;
  const lines = query.data.pages.flatMap((one) => one.items);
  const broken = query.data.pages[0]?.broken ?? [];
  return (
    <>
      <p className={styles.promise}>
        {broken.length === 0 ? <StatusWord tone="done">{t('welfare.books_hold')}</StatusWord> : <StatusWord tone="over">{t('welfare.books_broken', { list: broken.join(t('kit.list_comma')) })}</StatusWord>}
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('welfare.line_no')}</th>
            <th scope="col">{t('welfare.booked')}</th>
            <th scope="col">{t('welfare.what')}</th>
            <th scope="col">{t('welfare.no')}</th>
            <th scope="col">{t('welfare.from_account')}</th>
            <th scope="col">{t('welfare.to_account')}</th>
            <th scope="col" className={styles.number}>
              {t('welfare.amount_yuan')}
            </th>
            <th scope="col" className={styles.number}>
              {t('welfare.after')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Entry key={line.transfer_id} line={line} />
          ))}
        </tbody>
      </table>
      {query.hasNextPage && (
        <p className={styles.promise}>
          <Act size="row" busy={query.isFetchingNextPage} onAct={() => void query.fetchNextPage()}>
            {t('welfare.more_entries')}
          </Act>
        </p>
      )}
    </>
  );
}

export default function LedgerPage() {
  const { t } = useWords();
  const [params, setParams] = useSearchParams();
  const chosen = params.get('budget');
  const query = useQuery({ queryKey: ['budgets'], queryFn: getBudgets });
  return (
    <div className={`${page.page} ${page.ends}`}>
      <PageHead title={t('welfare.ledger_page')} note={t('welfare.ledger_note')} />
      <Panel title={t('welfare.budgets')}>
        <QueryState query={query} rows={4}>
          {(budgets) => (budgets.length === 0 ? <Empty title={t('welfare.no_budgets')} advice={t('welfare.no_budgets_advice')} /> : <Budgets budgets={budgets} chosen={chosen} onChoose={(budget) => setParams({ budget })} />)}
        </QueryState>
      </Panel>
      <Panel grow title={t('welfare.entries')}>
        {chosen ? <Entries key={chosen} budgetId={chosen} /> : <Empty title={t('welfare.choose_budget')} />}
      </Panel>
    </div>
  );
}
