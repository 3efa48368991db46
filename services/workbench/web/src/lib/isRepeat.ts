/** Whether a query is asked again by itself: its answer is there already. */
import type { QueryFunctionContext } from '@tanstack/react-query';

export const isRepeat = ({ client, queryKey }: QueryFunctionContext): boolean => client.getQueryData(queryKey) !== undefined;
