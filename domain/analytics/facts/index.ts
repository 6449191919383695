/** What one finished bout contributes to figures across bouts. */
export { boutFacts } from './bout-facts.ts';
export * from './facts.ts';
