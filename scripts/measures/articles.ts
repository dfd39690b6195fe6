/** Every article of the Measures with its numbered parts, in order, and what it is about. */
export const articles = [
  ['1', 'Purpose of the Measures'],
  ['2', 'What a key account is: the five criteria'],
  ['3', 'The committee and its office'],
  ['4.1', 'Strategy, plans and goals, and carrying them out'],
  ['4.2', 'Service standards, business processes and a service plan'],
  ['4.3', 'Market research; determining and adjusting units and managers; symposiums'],
  ['4.4', 'Information management, as a basis for the leaders’ decisions'],
  ['4.5', 'Training'],
  ['4.6', 'Approving the company-level list and ratifying the branch-level list'],
  ['5', 'Dedicated account managers'],
  ['6.1', 'Marketing towards the account'],
  ['6.2', 'Collecting, ordering and reporting base data; annexes 1 to 4'],
  ['6.3', 'Risk warnings and pursuit proposals'],
  ['6.4', 'The state of joint projects; secondary and tertiary operations'],
  ['6.5', 'The manager’s confidentiality'],
  ['7.1', 'Who develops a client comes first: survey, recommend, evaluate, establish'],
  ['7.2', 'Projects inside the unit’s territory, and across regions'],
  ['7.3', 'No other unit may develop the client; the exceptions'],
  ['7.4', 'More recommending units and managers'],
  ['8', 'Graded responsibility, and the published list'],
  ['9', 'The information and credit archive in six parts'],
  ['10', 'Complete, true and accurate, and managed dynamically'],
  ['10.3', 'The evaluation at every year end'],
  ['11', 'Confidentiality'],
  ['12', 'Grades by subsequent contracts'],
  ['13', 'To whom the Measures apply'],
  ['14', 'Interpretation, and opinions on the Measures'],
] as const;

export type Article = (typeof articles)[number][0];

/** Why an article has nothing in the code, or less than it says. Whoever builds it takes its reason away. */
export const reasons: Readonly<Partial<Record<Article, string>>> = {
  '1': 'A purpose, which asks nothing of a system.',
  '4.1': 'Not in this release: strategy, plans and goals are records without a process yet.',
  '4.2': 'Not in this release: standards and the service plan are documents of the committee.',
  '4.3':
    'In part: recommending units and managers are determined and adjusted; market research and symposiums are not in this release.',
  '4.4':
    'In part: the dashboard and the registers inform; internal bulletins are the example of docs/adding-a-process.md, not a process of this release.',
  '4.5': 'Not in this release: training is held outside the system.',
  '6.2': 'In part: managers report on schedule, keep projects and visits; annexes 1 to 4 are not made.',
  '6.5': 'Carried out with Article 11, which holds for everybody.',
  '8': 'In part: an account knows whether it is on the list and who manages it; publishing an edition is not in this release.',
  '9': 'In part: contacts, key persons and credit come with the recommendation and are kept at establishment; projects and return visits are kept up; records of meetings and of complaints are not in this release.',
  '10': 'In part: the form asks for what must be complete and true; of an established account projects, visits and reports are kept up, not yet its contacts and credit data.',
  '10.3': 'In part: the assessment year is known; the annual review is not in this release.',
  '13': 'Nothing to carry out by itself: headquarters and every unit are in the organisation, and all rules hold for all of them.',
  '14': 'Not in this release: opinions on the Measures are given outside the system; what the Measures leave open is shown as an assumption 系统默认.',
};
