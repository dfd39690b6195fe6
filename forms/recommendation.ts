import { z } from 'zod';
import { amount, day, gradeCode, longText, regionCode, shortText, uscc } from './fields.ts';

/**
 * The recommendation's form (Articles 7.1, 9, 12; annexes 1–3). A draft may leave anything out; what it holds must be
 * well formed. Submission needs the whole. Sensitive particulars of key persons are not collected (暂不采集).
 */
const percent = z.string().regex(/^\d{1,3}(\.\d{1,2})?$/);
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const phone = z
  .string()
  .trim()
  .max(40)
  .regex(/^[\d\s()+*#-]*$/);
const email = z.union([z.literal(''), z.email().max(200)]);
const fileName = z.string().trim().min(1).max(200);

const assets = { asOf: day, totalAssetsYuan: amount, netAssetsYuan: amount, debtRatioPct: percent, source: shortText };
const shareholder = { name: shortText, sharePct: percent };
const contact = { address: shortText, postcode: z.string().trim().max(10).regex(/^\d*$/), phone, fax: phone, email };
const member = { name: shortText, uscc, relation: shortText };
const keyPerson = { post: shortText, role: z.enum(['head', 'handler', 'executive', 'core']), phone };
const project = {
  name: shortText,
  stage: z.enum(['past', 'building', 'upcoming']),
  regionCode,
  employer: uscc,
  amountYuan: amount,
  countsTowardGrade: z.boolean(),
  contractedOn: day,
  expectedTender: month,
  contractForm: shortText,
  bidding: shortText,
};
const judgement = {
  level: z.enum(['符合', '基本符合', '不符合']),
  text: longText,
  evidence: z.array(fileName).max(20),
};
const intent = { kind: shortText, number: shortText, date: day, sealed: z.boolean(), file: fileName };
const unitDecision = { minutes: shortText, date: day, endorsedBy: shortText };
const secrecy = { level: z.enum(['核心商密', '普通商密']), term: shortText };

const client = {
  name: shortText,
  shortName: shortText,
  formerNames: z.array(shortText.min(1)).max(20),
  codeType: z.enum(['uscc', 'other']),
  uscc,
  nature: shortText,
  industry: shortText,
  size: shortText,
  mainProducts: longText,
  reputation: longText,
  registeredCapitalYuan: amount,
  territory: z.array(regionCode).max(40),
};

const criteria = ['largeContracts', 'steadyReturns', 'partnership', 'continuousInvestment', 'goodCredit'] as const;
const perCriterion = <T extends z.ZodType>(one: T) =>
  Object.fromEntries(criteria.map((code) => [code, one])) as Record<(typeof criteria)[number], T>;

export const draftOf = <S extends z.core.$ZodLooseShape>(shape: S) => z.strictObject(shape).partial();

/** What is told of a client, for the forms that ask for it again. */
export const clientShapes = { client, assets, shareholder, contact, keyPerson };

/** A draft: every field may be missing. */
export const draftForm = draftOf({
  recommendingUnit: shortText,
  proposedGrade: gradeCode,
  client: draftOf({
    ...client,
    assets: draftOf(assets),
    shareholders: z.array(draftOf(shareholder)).max(50),
    contact: draftOf(contact),
    members: z.array(draftOf(member)).max(200),
  }),
  keyPersons: z.array(draftOf(keyPerson)).max(100),
  projects: z.array(draftOf(project)).max(200),
  expectedSubsequentYuan: amount,
  evaluation: draftOf(perCriterion(draftOf(judgement))),
  intent: draftOf(intent),
  unitDecision: draftOf(unitDecision),
  conflictDeclaration: longText,
  secrecy: draftOf(secrecy),
}).meta({ id: 'RecommendationDraft' });
export type DraftForm = z.infer<typeof draftForm>;

const filled = shortText.min(1);
const filledLong = longText.min(1);

/** A form that may be submitted. */
export const recommendationForm = z
  .strictObject({
    recommendingUnit: filled,
    proposedGrade: gradeCode,
    client: z
      .strictObject({
        ...client,
        name: filled,
        shortName: shortText.optional(),
        uscc: uscc.optional(),
        nature: filled,
        industry: filled,
        size: filled,
        mainProducts: filledLong,
        reputation: filledLong,
        assets: z.strictObject({ ...assets, source: filled }),
        shareholders: z
          .array(z.strictObject({ ...shareholder, name: filled }))
          .min(1)
          .max(50),
        territory: client.territory.min(1),
        contact: z.strictObject({ ...contact, address: filled, phone: phone.min(1), fax: phone.optional() }),
        members: z.array(z.strictObject({ name: filled, uscc: uscc.optional(), relation: filled })).max(200),
      })
      .refine((given) => given?.codeType !== 'uscc' || given.uscc !== undefined, {
        path: ['uscc'],
        params: { code: 'badUscc', reason: 'length' },
        when: () => true, // Listed among what is missing even where other fields are.
      }),
    keyPersons: z
      .array(z.strictObject({ ...keyPerson, post: filled, phone: phone.optional() }))
      .min(1)
      .max(100),
    projects: z
      .array(
        z.strictObject({
          ...project,
          name: filled,
          employer: uscc.optional(),
          contractedOn: day.optional(),
          expectedTender: month.optional(),
          contractForm: shortText.optional(),
          bidding: shortText.optional(),
        }),
      )
      .min(1)
      .max(200),
    expectedSubsequentYuan: amount,
    evaluation: z.strictObject(perCriterion(z.strictObject({ ...judgement, text: filledLong }))),
    intent: z.strictObject({ ...intent, kind: filled, number: shortText.optional() }),
    unitDecision: z.strictObject({ ...unitDecision, minutes: filled, endorsedBy: filled }),
    conflictDeclaration: filledLong,
    secrecy: z.strictObject({ ...secrecy, term: filled }),
  })
  .meta({ id: 'RecommendationForm' });
export type RecommendationForm = z.infer<typeof recommendationForm>;

/** The paths of what a draft still lacks before it may be submitted (`client.contact.address`); empty when it is whole. */
export function missingFields(draft: unknown): string[] {
  const read = recommendationForm.safeParse(draft);
  return read.success ? [] : [...new Set(read.error.issues.map((issue) => issue.path.join('.')))];
}
