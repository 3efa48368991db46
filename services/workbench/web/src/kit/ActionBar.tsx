/** The bar that never moves: left what will happen or what is missing, right the second choice and the one primary action. */
import type { ReactNode } from 'react';
import { StopFilled } from '@ant-design/icons';
import frame from './frame.module.css';

interface Props {
  /** What the primary action will do, before it is done. */
  says?: ReactNode;
  /** What is missing: shown instead, in red, while the primary stays visible with a lock. */
  missing?: ReactNode;
  children: ReactNode;
}

export function ActionBar({ says, missing, children }: Props) {
  return (
    <div className={frame.actionBar}>
      <div className={frame.says} aria-live="polite">
        {missing ? (
          <span className={frame.missing}>
            <StopFilled aria-hidden />
            {missing}
          </span>
        ) : (
          says
        )}
      </div>
      {children}
    </div>
  );
}
