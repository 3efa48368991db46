/** The value as it was once it stood still for a while: what is asked of the server while somebody types. */
import { useEffect, useState } from 'react';

export function useLater<Value>(value: Value, waitMs: number): Value {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setLater(value), waitMs);
    return () => window.clearTimeout(timer);
  }, [value, waitMs]);
  return later;
}
