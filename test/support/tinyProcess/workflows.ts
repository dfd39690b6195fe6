/** What a worker bundles that runs the tiny process beside the product's own. */
export * from '../../../workflows/index.ts';
export { bulletin } from './workflow.ts';
