/** The same numbers on the wall: no rail, no names of colleagues. */
import { Overview } from './Overview';
import styles from './overview.module.css';

export default function ScreenPage() {
  return (
    <main className={styles.screen}>
      <Overview big />
    </main>
  );
}
