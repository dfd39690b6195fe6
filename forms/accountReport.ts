import { z } from 'zod';
import { filled } from './fields.ts';

/** The parts of the archive (Article 9) a report says something of. */
export const archiveParts = ['basics', 'contact', 'keyPersons', 'projects', 'records', 'credit'] as const;

/** 定时上报 (Article 6.2): which parts of the archive were gone through, and what has changed or stays as it was. */
export const accountReportForm = z.strictObject({
  parts: z.array(z.enum(archiveParts)).min(1).max(archiveParts.length),
  text: filled(4000),
});
export type AccountReportForm = z.infer<typeof accountReportForm>;
