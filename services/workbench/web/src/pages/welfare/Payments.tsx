/** The cashier's queues have an address of their own in the rail. */
export { PaymentQueues as default } from './Queue';
