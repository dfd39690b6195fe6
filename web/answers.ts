import type { WordKey } from './words.ts';

/** What a person is asked for beside the action itself; each kind has its own input in `components/FieldInput.tsx`. */
export type FieldKind =
  | 'line'
  | 'text'
  | 'person'
  | 'persons'
  | 'evaluators'
  | 'manager'
  | 'departments'
  | 'scores'
  | 'agrees'
  | 'choice'
  | 'day'
  | 'days'
  | 'lastDay'
  | 'minutes'
  | 'recording'
  | 'substitutes'
  | 'higherDecision'
  | 'endState'
  | 'successors'
  | 'builder'
  | 'evidence'
  | 'plan'
  | 'measures'
  | 'planResult'
  | 'reviewOption'
  | 'departure'
  | 'departureFromGrade'
  | 'secrecyLevel';

export type Field = {
  readonly name: string;
  readonly label: WordKey;
  readonly kind: FieldKind;
  readonly optional?: true;
};

/** The answers of one kind of task: its actions in the order they are offered, each with its fields. */
type Answers = Readonly<Record<string, readonly Field[]>>;

const reason: Field = { name: 'reason', label: 'field.reason', kind: 'text' };
const opinion: Field = { name: 'opinion', label: 'field.opinion', kind: 'text' };
const minutes: Field = { name: 'minutesAttachmentId', label: 'field.minutes', kind: 'minutes' };
const manager: Field = { name: 'managerId', label: 'role.accountManager', kind: 'manager' };
const successors: Field = { name: 'each', label: 'field.successors', kind: 'successors' };
const builder: Field = { name: 'unitId', label: 'field.builderUnit', kind: 'builder' };
const preferred: Field = { name: 'unitId', label: 'field.preferredUnit', kind: 'builder', optional: true };
const evidence: Field = { name: 'evidenceId', label: 'field.evidenceFile', kind: 'evidence', optional: true };
const note: Field = { name: 'note', label: 'field.note', kind: 'text' };
const plan: Field = { name: 'plan', label: 'field.plan', kind: 'plan' };
const reviewOption: Field = { name: 'option', label: 'field.reviewOption', kind: 'reviewOption' };
const departure: Field = {
  name: 'reason',
  label: 'field.reasonIfAssessingOtherwise',
  kind: 'departure',
  optional: true,
};
const optional = (field: Field): Field => ({ ...field, optional: true });

const answers: Readonly<Record<string, Answers>> = {
  endorse: { endorse: [optional(opinion)], return: [reason] },
  screen: {
    accept: [
      { name: 'evaluatorIds', label: 'field.evaluators', kind: 'evaluators' },
      { name: 'departmentIds', label: 'field.departments', kind: 'departments', optional: true },
      optional(opinion),
    ],
    return: [reason],
    ineligible: [reason],
  },
  supplement: { resubmit: [{ name: 'note', label: 'field.note', kind: 'text', optional: true }] },
  evaluate: { evaluate: [{ name: 'scores', label: 'field.scores', kind: 'scores' }, optional(opinion)] },
  countersign: { countersign: [{ name: 'agrees', label: 'field.agrees', kind: 'agrees' }, opinion] },
  vote: { vote: [{ name: 'choice', label: 'field.choice', kind: 'choice' }, optional(reason)], recuse: [reason] },
  decideRecusal: { accept: [], refuse: [reason] },
  reviewRecusal: { note: [opinion] },
  record: {
    record: [
      { name: 'meetingOn', label: 'field.meetingOn', kind: 'day' },
      minutes,
      { name: 'seats', label: 'field.seats', kind: 'recording' },
    ],
  },
  checkRecording: { confirm: [], refuse: [reason] },
  scheduleRunoff: { schedule: [{ name: 'on', label: 'field.on', kind: 'day' }] },
  resolveInquorate: {
    substitute: [{ name: 'substitutes', label: 'field.substitutes', kind: 'substitutes' }],
    recordHigherBody: [
      { name: 'decision', label: 'field.decision', kind: 'higherDecision' },
      { name: 'body', label: 'field.body', kind: 'line' },
      minutes,
    ],
    lapse: [reason],
  },
  nominate: { nominate: [manager, optional(reason)] },
  appoint: { appoint: [manager, optional(reason)], reject: [reason] },
  admit: { admit: [optional(opinion)], arrange: [optional(opinion)], hear: [optional(opinion)], dismiss: [reason] },
  statement: { state: [{ name: 'statement', label: 'field.statement', kind: 'text' }] },
  closeHandover: { close: [{ ...reason, label: 'field.closeReason' }] },
  opine: { opine: [opinion] },
  coapprove: { agree: [optional(opinion)], disagree: [reason] },
  weigh: { accept: [plan, optional(opinion)], refer: [plan, optional(opinion)], return: [reason], refuse: [reason] },
  addGrounds: { resubmit: [note] },
  // Filled in on a page of its own.
  reportYear: { report: [] },
  endorseReport: { endorse: [optional(opinion)], return: [reason] },
  assess: {
    assess: [reviewOption, { ...departure, kind: 'departureFromGrade' }],
    assessGrade: [reviewOption, departure],
  },
  compileList: {
    put: [
      { name: 'noticeNo', label: 'field.noticeNo', kind: 'line', optional: true },
      { name: 'readers', label: 'field.readers', kind: 'line' },
      { name: 'secrecyLevel', label: 'field.secrecyLevel', kind: 'secrecyLevel' },
      { name: 'secrecyTerm', label: 'field.secrecyTerm', kind: 'line' },
    ],
  },
  signList: { sign: [], return: [reason] },
  planPursuit: { plan: [plan, optional(opinion)] },
  admitExit: { admit: [optional(opinion)], return: [reason] },
  admitRelisting: { admit: [optional(opinion)], return: [reason] },
  stateUnit: { state: [{ name: 'statement', label: 'field.statement', kind: 'text' }] },
  stateManager: { state: [{ name: 'statement', label: 'field.statement', kind: 'text' }] },
  carryOut: { report: [note], progress: [note] },
  supervise: {
    confirmMeasure: [optional(opinion)],
    newDay: [
      { name: 'dueOn', label: 'field.dueOn', kind: 'day' },
      { name: 'ownerId', label: 'field.newOwner', kind: 'person', optional: true },
      reason,
    ],
  },
  closePlan: {
    closePlan: [{ name: 'result', label: 'field.result', kind: 'planResult' }, opinion],
    addMeasures: [{ name: 'measures', label: 'field.measures', kind: 'measures' }],
  },
  answerCoRecommendation: { accept: [], refuse: [reason] },
  admitBreach: { admit: [optional(opinion)], dismiss: [reason] },
  stateBreach: { state: [{ name: 'statement', label: 'field.statement', kind: 'text' }] },
  concludeBreach: { record: [{ name: 'consequence', label: 'field.consequence', kind: 'text' }] },
  examineMembership: { accept: [optional(opinion)], refuse: [reason] },
  checkMembership: { confirm: [], refuse: [reason] },
  chooseFirst: { claim: [optional(opinion)], leave: [optional(reason)] },
  giveUnitView: { state: [preferred, opinion, evidence] },
  recordClientView: { state: [preferred, { ...opinion, label: 'field.clientOpinion' }, evidence] },
  proposeBuilder: {
    propose: [builder, { ...optional(reason), label: 'field.reasonIfDeparting' }],
    release: [reason],
  },
  decideBuilder: { allocate: [builder, reason], giveFree: [reason] },
  confirmOverride: { confirm: [], refuse: [reason] },
};

/** What a process asks for in another way than the others do, by process. */
const ofProcess: Readonly<Record<string, Readonly<Record<string, Answers>>>> = {
  reassignment: {
    nominate: { nominate: [successors, optional(reason)] },
    appoint: { appoint: [successors, optional(reason)] },
  },
};

/** Every kind of task that is answered in the console. */
export const taskKinds: readonly string[] = ['revise', ...Object.keys(answers)];

export const answersTo = (kind: string, process?: string): Answers =>
  ofProcess[process ?? '']?.[kind] ?? answers[kind] ?? {};

/** The verbs of a task that ask for something, and where they go. Claiming, releasing and urging ask for nothing. */
export const verbFields: Answers = {
  transfer: [{ name: 'personId', label: 'field.person', kind: 'person' }, reason],
  delegate: [
    { name: 'personId', label: 'field.person', kind: 'person' },
    { name: 'validTo', label: 'field.until', kind: 'lastDay' },
  ],
  consult: [
    { name: 'personId', label: 'field.person', kind: 'person' },
    { name: 'question', label: 'field.question', kind: 'line', optional: true },
  ],
  addApprover: [
    { name: 'personId', label: 'field.person', kind: 'person' },
    { name: 'question', label: 'field.question', kind: 'line', optional: true },
  ],
  extend: [{ name: 'days', label: 'field.days', kind: 'days' }, reason],
  claim: [],
  release: [],
  urge: [],
};

/** What can be done to a case as a whole. */
export const caseActFields: Answers = {
  withdraw: [reason],
  copy: [{ name: 'personIds', label: 'field.persons', kind: 'persons' }],
  pullOut: [reason],
  override: [{ name: 'to', label: 'field.endState', kind: 'endState' }, reason],
};
