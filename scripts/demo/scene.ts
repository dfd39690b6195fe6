import type { Calls } from './calls.ts';
import type { createStory } from './story.ts';

/** What every part of the demo is told with. */
export type Scene = { readonly calls: Calls; readonly story: ReturnType<typeof createStory> };
