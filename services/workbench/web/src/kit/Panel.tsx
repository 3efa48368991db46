/** A panel: 40 px head with a title, a grey count and at most one action; the body scrolls inside. */
import { useId, type ReactNode } from 'react';
import frame from './frame.module.css';

interface Props {
  title?: ReactNode;
  /** Grey, after the title. */
  count?: ReactNode;
  /** At most one, at the right of the head. */
  action?: ReactNode;
  /** Replaces the whole head, for tabs. */
  head?: ReactNode;
  foot?: ReactNode;
  grow?: boolean;
  /** The body does not scroll by itself: its content lays itself out. */
  still?: boolean;
  label?: string;
  /** The body scrolls and holds nothing that takes the focus: it takes it itself, so that keys can scroll it. */
  reachable?: boolean;
  children: ReactNode;
}

export function Panel({ title, count, action, head, foot, grow, still, label, reachable, children }: Props) {
  const id = useId();
  return (
    <section className={`${frame.panel} ${grow ? frame.grow : ''}`} aria-labelledby={title ? id : undefined} aria-label={title ? undefined : label}>
      {(title || head) && (
        <header className={frame.panelHead}>
          {title && (
            <h2 id={id} className={frame.panelTitle}>
              {title}
            </h2>
          )}
          {count !== undefined && <span className={frame.count}>{count}</span>}
          {head}
          {action && <span className={frame.push}>{action}</span>}
        </header>
      )}
      <div className={still ? frame.still : frame.scroll} {...(reachable ? { tabIndex: 0, role: 'group', 'aria-label': label ?? (typeof title === 'string' ? title : undefined) } : {})}>
        {children}
      </div>
      {foot && <footer className={frame.foot}>{foot}</footer>}
    </section>
  );
}
