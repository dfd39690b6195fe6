import { z } from 'zod';
import { severities, suggestionKinds } from '../domain/suggestion.ts';
import { filled, longText, refuse } from './fields.ts';

/** 风险预警、强化攻关建议等 (Article 6.3): what a manager writes within a minute; evidence is attached to the case. */
export const suggestionForm = z
  .strictObject({
    kind: z.enum(suggestionKinds),
    /** Of a warning, and of nothing else. */
    severity: z.enum(severities).optional(),
    grounds: filled(4000),
    measures: longText.optional(),
  })
  .check((ctx) => {
    const { kind, severity } = ctx.value;
    if (kind === 'riskWarning' && severity === undefined) refuse(ctx, 'invalid', 'severityOfWarning', ['severity']);
    if (kind !== 'riskWarning' && severity !== undefined) refuse(ctx, 'invalid', 'severityOfWarning', ['severity']);
  });
export type SuggestionForm = z.infer<typeof suggestionForm>;
