/** A panel: 40 px head with a title, a grey count and at most one action; the body scrolls inside. */
import { useEffect, useId, useRef, useState, type ReactNode, type RefObject } from 'react';
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
  children: ReactNode;
}

const FOCUSABLE = 'a[href],button,input,select,textarea,summary,[tabindex]:not([tabindex="-1"])';

/** Whether the body scrolls and holds nothing that takes the focus: it takes it itself then, so that keys can scroll it. */
function useReachable(body: RefObject<HTMLElement | null>): boolean {
  const [reachable, setReachable] = useState(false);
  useEffect(() => {
    const box = body.current;
    if (!box) return undefined;
    const look = () => setReachable((box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth) && box.querySelector(FOCUSABLE) === null);
    const resized = new ResizeObserver(look);
    const changed = new MutationObserver(look);
    resized.observe(box);
    changed.observe(box, { childList: true, subtree: true, characterData: true });
    look();
    return () => {
      resized.disconnect();
      changed.disconnect();
    };
  }, [body]);
  return reachable;
}

export function Panel({ title, count, action, head, foot, grow, still, label, children }: Props) {
  const id = useId();
  const body = useRef<HTMLDivElement>(null);
  const reachable = useReachable(body);
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
      <div ref={body} className={still ? frame.still : frame.scroll} {...(reachable && !still ? { tabIndex: 0, role: 'group', 'aria-label': title ? undefined : label, 'aria-labelledby': title ? id : undefined } : {})}>
        {children}
      </div>
      {foot && <footer className={frame.foot}>{foot}</footer>}
    </section>
  );
}
