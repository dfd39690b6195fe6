/** What a worker bundles that runs the tiny choice beside the product's own. */
export * from '../../../workflows/index.ts';
export { choosing } from './workflow.ts';
