/**
 * Who may do what in which state of a recommendation, written by hand from the design and the Measures, not derived from the code:
 * for each state the actions and the roles that are let through. Every other cell must be refused.
 */

/** One person of the demo organisation for each role; central is the recommending unit. `nobody` has not signed in. */
export const roles = {
  submitter: 'central-submitter',
  submitter2: 'central-submitter-2',
  // Head and deputy of the recommending unit hold seats too: recused by rule, they read as officers of their unit.
  head: 'central-head',
  deputy: 'central-deputy',
  foreignSubmitter: 'east-submitter',
  foreignHead: 'east-head',
  member: 'south-deputy',
  viceDirector: 'vice-director-1',
  director: 'director',
  clerk: 'office-clerk-1',
  officeHead: 'office-head',
  dataClerk: 'data-clerk',
  evaluator: 'finance-expert',
  otherEvaluator: 'technology-expert',
  department: 'legal-head',
  otherDepartment: 'engineering-head',
  systemAdmin: 'system-admin',
  securityAdmin: 'security-admin',
  auditor: 'auditor',
  nobody: undefined,
} as const;
export type Role = keyof typeof roles;

/** Everything that can be asked of a case; `kind.action` is an answer to a task of that kind. */
export const actions = [
  ...['read', 'timeline', 'task', 'ballots', 'proof', 'form', 'earlier', 'comments', 'files', 'file'],
  ...['edit', 'comment', 'attach', 'copy'],
  ...['claim', 'release', 'transfer', 'delegate', 'urge', 'consult', 'addApprover', 'extend', 'override'],
  ...['vote.recuse', 'vote.vote', 'declareRecusal', 'submit'],
  ...['revise.submit', 'endorse.endorse', 'endorse.return', 'screen.accept', 'screen.return', 'screen.ineligible'],
  ...['supplement.resubmit', 'evaluate.evaluate', 'countersign.countersign', 'record.record', 'nominate.nominate'],
  ...['checkRecording.confirm', 'checkRecording.refuse', 'decideRecusal.accept', 'decideRecusal.refuse'],
  ...['scheduleRunoff.schedule', 'resolveInquorate.substitute', 'resolveInquorate.recordHigherBody'],
  ...['resolveInquorate.lapse', 'appoint.appoint', 'appoint.reject', 'reviewRecusal.note', 'opine.opine'],
  ...['coapprove.agree', 'coapprove.disagree', 'confirmOverride.confirm', 'confirmOverride.refuse'],
  ...['answerCoRecommendation.accept', 'answerCoRecommendation.refuse', 'withdraw'],
];

type Row = readonly [actions: string, roles: string];

const UNIT = 'submitter submitter2 head deputy';
const OFFICE = 'clerk officeHead';
const COMMITTEE = 'director viceDirector foreignHead member';
const VOTERS = 'viceDirector foreignHead member';
const EXAMINERS = 'evaluator department';
const OVERSEERS = 'systemAdmin securityAdmin auditor';
const WITHDRAW = 'submitter head';
/** Article 11, 系统默认: who works on it, its unit's officers, the committee, the office. */
const READERS = `${UNIT} ${OFFICE} dataClerk ${COMMITTEE}`;

/** Contents are for the readers; overseers see that the case is and where it stands. */
const seen = (readers: string, places = 'read timeline task ballots'): Row[] => [
  [places, `${readers} ${OVERSEERS}`],
  ['form earlier comments files file comment', readers],
];
/** What is possible with every open case after its submission. */
const open = (readers: string): Row[] => [
  ...seen(readers),
  ['attach urge', readers],
  ['extend', OFFICE],
  ['withdraw', WITHDRAW],
  // One administrator proposes; the other confirms, which is a task.
  ['override', 'systemAdmin'],
];
const holders = (who: string): Row => ['claim transfer delegate consult', who];

/** Each state of the lifecycle, every action asked by every role. */
export const states: Readonly<Record<string, readonly Row[]>> = {
  draft: [
    ['read timeline ballots form earlier comments files file comment attach', UNIT],
    ['edit submit copy', 'submitter'],
    ['withdraw', WITHDRAW],
  ],
  endorsing: [
    ...open(READERS),
    holders('head'),
    ['addApprover endorse.endorse endorse.return', 'head'],
    ['copy', `submitter head ${OFFICE}`],
  ],
  screening: [
    ...open(READERS),
    holders(OFFICE),
    ['addApprover screen.accept screen.return screen.ineligible', OFFICE],
    ['copy', `submitter head ${OFFICE}`],
  ],
  supplementing: [
    ...open(READERS),
    holders('submitter'),
    ['edit supplement.resubmit', 'submitter'],
    ['copy', `submitter head ${OFFICE}`],
  ],
  evaluating: [
    ...open(`${READERS} ${EXAMINERS}`),
    holders(EXAMINERS),
    ['evaluate.evaluate', 'evaluator'],
    ['addApprover countersign.countersign', 'department'],
    ['copy', `submitter head ${OFFICE} ${EXAMINERS}`],
  ],
  // 审定: the director votes last; a vote is personal, an opinion may be asked before it is given.
  approving: [
    ...open(`${READERS} ${EXAMINERS}`),
    ['consult vote.vote vote.recuse', VOTERS],
    // He has no vote to answer yet, and need not wait for it to say that he is concerned.
    ['declareRecusal', 'director'],
    ['record.record', OFFICE],
    ['copy', `submitter head ${OFFICE} ${EXAMINERS} ${VOTERS}`],
  ],
  // A recusal declared after closing changes nothing, and is reviewed; after the end too.
  nominating: [
    ...open(`${READERS} ${EXAMINERS}`),
    ['proof', `${READERS} ${EXAMINERS} ${OVERSEERS}`],
    holders('submitter submitter2 deputy'),
    ['nominate.nominate', 'submitter submitter2 deputy'],
    ['vote.recuse', COMMITTEE],
    ['copy', `${UNIT} ${OFFICE} ${EXAMINERS} ${COMMITTEE}`],
  ],
  // 批准: the director votes with the others.
  confirming: [
    ...open(`${READERS} ${EXAMINERS}`),
    ['proof', `${READERS} ${EXAMINERS} ${OVERSEERS}`],
    ['consult vote.vote vote.recuse', COMMITTEE],
    ['record.record', OFFICE],
    ['copy', `${UNIT} ${OFFICE} ${EXAMINERS} ${COMMITTEE}`],
  ],
  established: [
    ...seen(`${READERS} ${EXAMINERS}`, 'read timeline task ballots proof'),
    ['vote.recuse', COMMITTEE],
    ['copy', `${UNIT} ${OFFICE} ${EXAMINERS} ${COMMITTEE}`],
  ],
  rejected: [
    ...seen(`${READERS} ${EXAMINERS}`, 'read timeline task ballots proof'),
    ['vote.recuse', COMMITTEE],
    ['copy', `submitter head ${OFFICE} ${EXAMINERS} ${COMMITTEE}`],
  ],
  ineligible: [...seen(READERS), ['copy', `submitter head ${OFFICE}`]],
  withdrawn: [...seen(READERS), ['copy', `submitter head ${OFFICE}`]],
  lapsed: [...seen(READERS), ['copy', `submitter head ${OFFICE}`]],
};

/** Turns a case takes within a state, and tasks beside its course: only the actions that differ there are asked. */
export const turns: Readonly<Record<string, readonly Row[]>> = {
  // It is the unit's own again.
  'draft, returned by the head': [
    ['read timeline task ballots form earlier comments files file comment', UNIT],
    ['edit submit', 'submitter'],
    ['revise.submit endorse.endorse endorse.return', ''],
  ],
  // The head does not endorse what he submitted himself: his deputy does.
  'endorsing, submitted by the head': [
    ['endorse.endorse endorse.return addApprover', 'deputy'],
    ['edit', ''],
  ],
  'screening, claimed by a clerk': [
    ['claim release transfer delegate consult addApprover', 'clerk'],
    ['screen.accept screen.return screen.ineligible', 'clerk'],
  ],
  'screening, with others asked': [
    ['opine.opine', 'otherEvaluator'],
    ['coapprove.agree coapprove.disagree', 'otherDepartment'],
    ['answerCoRecommendation.accept answerCoRecommendation.refuse', 'head'],
    ['confirmOverride.confirm confirmOverride.refuse', 'securityAdmin'],
    ['screen.accept screen.return screen.ineligible', ''],
    ...seen(`${READERS} otherEvaluator otherDepartment`),
  ],
  'approving, the director’s turn': [
    // Until their time is up the others may change what they voted.
    ['vote.recuse vote.vote', COMMITTEE],
    ['consult', 'director'],
    ['proof', ''],
  ],
  'approving, a recording to be checked': [
    ['checkRecording.confirm checkRecording.refuse', 'officeHead'],
    ['record.record', ''],
  ],
  'approving, a recusal declared': [['decideRecusal.accept decideRecusal.refuse', 'director']],
  'approving, tied': [['scheduleRunoff.schedule', OFFICE]],
  // The member is among those recused: the file is withdrawn from him.
  'approving, inquorate': [
    ['resolveInquorate.substitute resolveInquorate.recordHigherBody resolveInquorate.lapse', OFFICE],
    ...seen(`${UNIT} ${OFFICE} dataClerk ${EXAMINERS} director viceDirector foreignHead`),
    ['vote.vote record.record', ''],
  ],
  'nominating, a recusal to be reviewed': [['reviewRecusal.note', OFFICE]],
  'nominating, the director names': [
    ['appoint.appoint appoint.reject claim', 'director'],
    ['nominate.nominate', ''],
  ],
};

/** The roles let through, by action; only for the actions the rows name. */
export function allowed(rows: readonly Row[]): Map<string, ReadonlySet<Role>> {
  const found = new Map<string, Set<Role>>();
  for (const [named, who] of rows) {
    for (const action of words(named)) {
      if (!actions.includes(action)) throw new Error(`no action ${action}`);
      const known = found.get(action) ?? new Set();
      for (const role of words(who)) {
        if (!(role in roles)) throw new Error(`no role ${role}`);
        known.add(role as Role);
      }
      found.set(action, known);
    }
  }
  return found;
}

const words = (text: string): string[] => text.split(' ').filter(Boolean);
