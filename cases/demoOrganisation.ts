/**
 * The demo organisation: headquarters with the office and four departments, five branches with their territories, the
 * thirteen seats of the committee (Article 3), and the three separated administrators. Persons are named by their role;
 * none of them exists. Plain data: `scripts/seed.ts` loads it.
 */
export type DemoUnit = {
  readonly id: string;
  readonly kind: 'headquarters' | 'branch' | 'office' | 'department';
  readonly name: string;
  readonly nameEn: string;
  /** Codes of GB/T 2260; a unit without any is a department. */
  readonly territory: readonly string[];
};

export type DemoPerson = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly unitId: string;
  readonly roles: readonly DemoRole[];
};

/** `office`, `dataClerk` and the administrators' roles hold for the whole company, the others in the person's unit. */
export type DemoRole =
  | 'submitter'
  | 'unitHead'
  | 'marketingDeputy'
  | 'office'
  | 'dataClerk'
  | 'systemAdmin'
  | 'securityAdmin'
  | 'auditor';

export type DemoSeat = {
  readonly id: string;
  readonly kind: 'director' | 'viceDirector' | 'member';
  readonly ord: number;
  readonly name: string;
  readonly nameEn: string;
  readonly unitId: string | null;
  readonly personId: string;
};

export type DemoOrganisation = {
  readonly units: readonly DemoUnit[];
  readonly persons: readonly DemoPerson[];
  readonly seats: readonly DemoSeat[];
};

const HEADQUARTERS = 'headquarters';

const branches = [
  { id: 'central', zh: '华中分公司', en: 'Central Branch', territory: ['420000', '430000'] },
  { id: 'east', zh: '华东分公司', en: 'East Branch', territory: ['310000', '320000', '330000', '340000'] },
  { id: 'south', zh: '华南分公司', en: 'South Branch', territory: ['440000', '450000', '460000'] },
  { id: 'southwest', zh: '西南分公司', en: 'Southwest Branch', territory: ['500000', '510000', '520000', '530000'] },
  { id: 'north', zh: '北方分公司', en: 'North Branch', territory: ['110000', '120000', '130000', '140000', '370000'] },
] as const;

const departments = [
  { id: 'finance', zh: '财务部', en: 'Finance Department' },
  { id: 'legal', zh: '法务部', en: 'Legal Department' },
  { id: 'engineering', zh: '工程部', en: 'Engineering Department' },
  { id: 'technology', zh: '技术部', en: 'Technology Department' },
] as const;

const person = (id: string, unitId: string, name: string, nameEn: string, ...roles: DemoRole[]): DemoPerson => ({
  id,
  name,
  nameEn,
  unitId,
  roles,
});

export const demoOrganisation: DemoOrganisation = {
  units: [
    { id: HEADQUARTERS, kind: 'headquarters', name: '公司总部', nameEn: 'Headquarters', territory: [] },
    { id: 'office', kind: 'office', name: '经营部', nameEn: 'Office (Business Department)', territory: [] },
    ...departments.map(({ id, zh, en }) => ({
      id,
      kind: 'department' as const,
      name: zh,
      nameEn: en,
      territory: [],
    })),
    ...branches.map(({ id, zh, en, territory }) => ({ id, kind: 'branch' as const, name: zh, nameEn: en, territory })),
  ],
  persons: [
    person('director', HEADQUARTERS, '委员会主任', 'Committee Director'),
    person('vice-director-1', HEADQUARTERS, '委员会第一副主任', 'First Vice Director'),
    person('vice-director-2', HEADQUARTERS, '委员会第二副主任', 'Second Vice Director'),
    person('office-head', 'office', '经营部部长', 'Head of the Office', 'unitHead', 'office'),
    person('office-clerk-1', 'office', '经营部专员甲', 'Office Clerk A', 'office'),
    person('office-clerk-2', 'office', '经营部专员乙', 'Office Clerk B', 'office'),
    person('data-clerk', 'office', '资料管理员', 'Data Clerk', 'dataClerk'),
    ...departments.flatMap(({ id, zh, en }) => [
      person(`${id}-head`, id, `${zh}部长`, `Head of the ${en}`, 'unitHead'),
      person(`${id}-expert`, id, `${zh}评估专员`, `Evaluator of the ${en}`),
    ]),
    ...branches.flatMap(({ id, zh, en }) => [
      person(`${id}-head`, id, `${zh}经理`, `Manager of the ${en}`, 'unitHead'),
      person(`${id}-deputy`, id, `${zh}主管营销副经理`, `Deputy Manager for Marketing, ${en}`, 'marketingDeputy'),
      person(`${id}-submitter`, id, `${zh}经办人`, `Submitter, ${en}`, 'submitter'),
      person(`${id}-submitter-2`, id, `${zh}经办人乙`, `Second Submitter, ${en}`, 'submitter'),
      person(`${id}-manager`, id, `${zh}客户经理甲`, `Account Manager A, ${en}`),
      person(`${id}-manager-2`, id, `${zh}客户经理乙`, `Account Manager B, ${en}`),
    ]),
    person('system-admin', HEADQUARTERS, '系统管理员', 'System Administrator', 'systemAdmin'),
    person('security-admin', HEADQUARTERS, '安全保密管理员', 'Security Administrator', 'securityAdmin'),
    person('auditor', HEADQUARTERS, '审计员', 'Auditor', 'auditor'),
  ],
  seats: [
    seat(1, 'director', '主任', 'Director', null, 'director'),
    seat(2, 'viceDirector', '第一副主任', 'First Vice Director', null, 'vice-director-1'),
    seat(3, 'viceDirector', '第二副主任', 'Second Vice Director', null, 'vice-director-2'),
    ...branches.flatMap(({ id, zh, en }, index) => [
      seat(4 + 2 * index, 'member', `委员（${zh}经理）`, `Member (Manager, ${en})`, id, `${id}-head`),
      seat(5 + 2 * index, 'member', `委员（${zh}主管营销副经理）`, `Member (Deputy, ${en})`, id, `${id}-deputy`),
    ]),
  ],
};

function seat(
  ord: number,
  kind: DemoSeat['kind'],
  name: string,
  nameEn: string,
  unitId: string | null,
  personId: string,
): DemoSeat {
  return { id: `seat-${ord}`, kind, ord, name, nameEn, unitId, personId };
}
