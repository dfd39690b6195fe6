import { z } from 'zod';
import { archiveParts } from '../domain/archive.ts';
import { filled } from './fields.ts';

/** 定时上报 (Article 6.2): which parts of the archive were gone through, and what has changed or stays as it was. */
export const accountReportForm = z.strictObject({
  parts: z.array(z.enum(archiveParts)).min(1).max(archiveParts.length),
  changes: filled(4000),
});
export type AccountReportForm = z.infer<typeof accountReportForm>;
