import { z } from 'zod';
import { exitGrounds } from '../domain/exit.ts';
import { day, filled, refuse, shortText } from './fields.ts';

/** 年中退出: the ground, what happened and since when; the evidence is attached to the case. */
export const exitForm = z
  .strictObject({
    ground: z.enum(exitGrounds),
    /** The day of the ruling, listing, notice or merger. */
    since: day,
    /** What proves it: number of the ruling, where it is published. */
    source: filled(200),
    grounds: filled(4000),
    /** At a merger: who takes over, by name, and by id where it is in the register. */
    successorName: shortText.optional(),
    successorId: filled(64).optional(),
  })
  .check((ctx) => {
    const { ground, successorName, successorId } = ctx.value;
    if (ground === 'merger' && !successorName) refuse(ctx, 'invalid', 'successorOfMerger', ['successorName']);
    if (ground !== 'merger' && (successorName || successorId))
      refuse(ctx, 'invalid', 'successorOfMerger', ['successorName']);
  });
export type ExitForm = z.infer<typeof exitForm>;
