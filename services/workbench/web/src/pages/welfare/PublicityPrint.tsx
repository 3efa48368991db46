/** The sheet that is hung up: heading, what it is, the masked list, how to object, who published it. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { getPublicList, type PublicLine } from '@/api/publicMoney';
import { Act } from '@/kit/Act';
import { yuanText } from '@/kit/Money';
import { Empty, Failed, Loading } from '@/kit/states';
import { isoDayOf } from '@/lib/dates';
import { serverNow } from '@/lib/serverTime';
import { useSession } from '@/lib/session';
import { useWords } from '@/lib/words';
import styles from './print.module.css';

function Sheet({ lines }: { lines: PublicLine[] }) {
  const { t, say } = useWords();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('welfare.line_no')}</th>
          <th scope="col">{t('welfare.who')}</th>
          <th scope="col">{t('welfare.unit')}</th>
          <th scope="col">{t('welfare.programme')}</th>
          <th scope="col">{t('welfare.hardship')}</th>
          <th scope="col">{t('welfare.amount_yuan')}</th>
          <th scope="col">{t('welfare.public_days')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          <tr key={`${line.line} ${line.starts_on}`}>
            <td>{index + 1}</td>
            <td>{line.name_masked}</td>
            <td>{line.unit}</td>
            <td>{say(line.programme.label)}</td>
            <td>{say(line.hardship?.label)}</td>
            <td className={styles.number}>{yuanText(line.amount_fen)}</td>
            <td>{t('welfare.from_to', { from: line.starts_on, to: line.ends_on })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export default function PublicityPrint() {
  const { t } = useWords();
  const { org } = useSession();
  // The sheet holds the whole list, whatever the size of a page.
  const query = useInfiniteQuery({
    queryKey: ['publicity', 'sheet'],
    queryFn: ({ pageParam }) => getPublicList({ org: org.path, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor,
  });
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  const lines = query.data?.pages.flatMap((page) => page.items) ?? [];
  const whole = query.data !== undefined && !hasNextPage && !isError;
  return (
    <main className={styles.page}>
      <div className={styles.tools}>
        <Act kind="primary" blocked={!whole} onAct={() => window.print()}>
          {t('welfare.print_now')}
        </Act>
      </div>
      {query.isError && <Failed problem={query.error} onRetry={() => void query.refetch()} />}
      {!query.isError && !whole && <Loading rows={8} />}
      {whole && (
        <article className={styles.sheet}>
          <h1>{t('welfare.sheet_title', { org: org.name })}</h1>
          <p>{t('welfare.sheet_text')}</p>
          {lines.length === 0 ? <Empty title={t('welfare.nothing_public')} /> : <Sheet lines={lines} />}
          <p>{t('welfare.sheet_object')}</p>
          <footer>
            <span>{org.name}</span>
            <span>{isoDayOf(serverNow())}</span>
          </footer>
        </article>
      )}
    </main>
  );
}
