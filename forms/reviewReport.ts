import { z } from 'zod';
import { creditFields } from '../domain/archive.ts';
import { filled, longText } from './fields.ts';
import { clientShapes, draftOf } from './recommendation.ts';

const { client, assets, shareholder, contact, keyPerson } = clientShapes;
const { nature, industry, size, mainProducts, reputation, registeredCapitalYuan } = client;
const rating = z.number().int().min(1).max(5);

const credit = Object.fromEntries(creditFields.map((name) => [name, longText])) as Record<
  (typeof creditFields)[number],
  typeof longText
>;

/**
 * The information and credit archive as it is reported (Articles 9, 10.3; annexes 2 and 3). Any field may be missing: how complete it is, is
 * counted and shown. Sensitive particulars of key persons are not collected (暂不采集).
 */
export const reportedArchive = draftOf({
  client: draftOf({
    nature,
    industry,
    size,
    mainProducts,
    reputation,
    registeredCapitalYuan,
    assets: draftOf(assets),
    shareholders: z.array(draftOf(shareholder)).max(50),
    contact: draftOf(contact),
  }),
  keyPersons: z.array(draftOf(keyPerson)).max(100),
  /** The projects of the register were gone through, and stand as they are entered there. */
  projectsConfirmed: z.boolean(),
  /** 投资方向 (Article 9) */
  investmentDirection: longText,
  records: draftOf({ meetings: longText, talks: longText, complaints: longText, handling: longText }),
  credit: draftOf(credit),
}).meta({ id: 'ReportedArchive' });
export type ReportedArchive = z.infer<typeof reportedArchive>;

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
    /** Left out, the archive stands as it is. */
    archive: reportedArchive.optional(),
  })
  .meta({ id: 'ReviewReport' });
export type ReviewReport = z.infer<typeof reviewReportForm>;
