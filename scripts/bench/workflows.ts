/** What the measured worker bundles: the product's own workflows, and the one that only ballots. */
export * from '../../workflows/index.ts';
export { bench } from './workflow.ts';
