/** Title of the page (its only h1), a note beside or below, figures, and the actions at the right. */
import type { ReactNode } from 'react';
import frame from './frame.module.css';

interface Props {
  title: ReactNode;
  note?: ReactNode;
  /** The note stands under the title instead of beside it. */
  stacked?: boolean;
  children?: ReactNode;
  actions?: ReactNode;
}

export function PageHead({ title, note, stacked, children, actions }: Props) {
  return (
    <header className={frame.pageHead}>
      <div className={frame.titles}>
        <h1 className={frame.pageTitle}>{title}</h1>
        {stacked && note && <div className={frame.pageNote}>{note}</div>}
      </div>
      {!stacked && note && <span className={frame.pageNote}>{note}</span>}
      {children}
      {actions && <div className={frame.push}>{actions}</div>}
    </header>
  );
}

export function Figures({ items }: { items: { name: string; value: ReactNode; unit?: string; note?: string }[] }) {
  return (
    <dl className={frame.figures}>
      {items.map((item) => (
        <div key={item.name} className={frame.figure}>
          <dt className={frame.figureName}>{item.name}</dt>
          <dd className={frame.figureValue}>
            {item.value}
            {item.unit && <span className={frame.figureUnit}>{item.unit}</span>}
            {item.note && <span className={frame.figureNote}>{item.note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
