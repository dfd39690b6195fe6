import { demoOrganisation } from '../../cases/demoOrganisation.ts';
import { usccWithCheck } from '../../domain/uscc.ts';
import type { RecommendationForm } from '../../forms/recommendation.ts';
import { exampleForm } from '../demo/form.ts';
import type { Chance } from '../system/random.ts';
import type { Arena } from './arena.ts';

export const UNITS = ['central', 'east', 'south', 'southwest', 'north'] as const;
export type Unit = (typeof UNITS)[number];

export const unitName = (unit: Unit): string => demoOrganisation.units.find(({ id }) => id === unit)?.name ?? unit;

const CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
let serial = 0;

/** A legal entity that no other form has. */
export function freshEntity(chance: Chance): { name: string; uscc: string } {
  serial += 1;
  const body = Array.from({ length: 6 }, () => chance.of([...CODE_ALPHABET])).join('');
  const number = serial
    .toString(36)
    .toUpperCase()
    .replaceAll(/[IOSVZ]/g, 'X')
    .padStart(3, '0');
  return {
    name: `竞速示例${body}第${serial}公司`,
    uscc: usccWithCheck(`91420100${number.slice(-3)}${body}`.slice(0, 17)),
  };
}

/** A complete form for a group: its parent, and its members. */
export async function formFor(
  unit: Unit,
  client: { name: string; uscc: string },
  members: readonly { name: string; uscc: string }[],
): Promise<RecommendationForm> {
  const form = await exampleForm();
  return {
    ...form,
    recommendingUnit: unitName(unit),
    client: {
      ...form.client,
      ...client,
      shortName: client.name,
      formerNames: [],
      members: members.map((member) => ({ ...member, relation: '全资子公司' })),
    },
    projects: form.projects.map(({ employer: _, ...project }) => project),
  } as RecommendationForm;
}

/** A draft of a unit's. @returns its case */
export async function drafted({ post }: Arena, personId: string, form: RecommendationForm): Promise<string> {
  const { taken, body } = await post(personId, '/recommendations', { form });
  if (!taken) throw new Error(`the draft was not taken: ${JSON.stringify(body)}`);
  return body.caseId;
}

/** What a submission says beside its form: the unit's territory may be another. */
export const SUBMISSION = { outsideTerritoryReason: '客户总部迁入，项目在本单位管辖区域内' };

/** A submitted recommendation of a client that nobody else has. @returns its case */
export async function submitted(arena: Arena, chance: Chance, unit: Unit): Promise<string> {
  const personId = `${unit}-submitter`;
  const caseId = await drafted(arena, personId, await formFor(unit, freshEntity(chance), []));
  const answer = await arena.post(personId, `/recommendations/${caseId}/submit`, SUBMISSION);
  if (!answer.taken) throw new Error(`the recommendation was not taken: ${JSON.stringify(answer.body)}`);
  return caseId;
}
