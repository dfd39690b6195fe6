import { z } from 'zod';
import { filled, longText } from './fields.ts';

const rating = z.number().int().min(1).max(5);

/** 年度上报 (Articles 9, 10.3): what the manager reports of an account at year's end. */
export const reviewReportForm = z
  .strictObject({
    /** What has changed in the archive, and what stays as it was. */
    changes: filled(4000),
    /** 履约、合作、信用: how it stands, 1 (poor) to 5 (very good). */
    performance: rating,
    cooperation: rating,
    credit: rating,
    outlook: longText.optional(),
  })
  .meta({ id: 'ReviewReport' });
