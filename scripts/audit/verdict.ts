const SEVERITIES = ['critical', 'high', 'moderate', 'low', 'info'] as const;
const STOPPING: readonly string[] = ['critical', 'high'];

type Report = {
  readonly message?: string;
  readonly vulnerabilities?: Readonly<
    Record<string, { readonly severity: string; readonly range?: string; readonly fixAvailable?: unknown }>
  >;
};

/** What `npm audit --json` said, for people: the exit code, and a line for each package it names. */
export function auditVerdict(output: string): { readonly code: 0 | 1 | 2; readonly lines: readonly string[] } {
  const report = reportIn(output);
  if (!report?.vulnerabilities) {
    const why = report?.message ?? 'no answer that can be read';
    return {
      code: 2,
      lines: [
        `The registry does not answer for known weaknesses: ${why}`,
        'Nothing is known. Ask a registry that does, such as npm’s own.',
      ],
    };
  }
  const found = Object.entries(report.vulnerabilities);
  const lines = SEVERITIES.flatMap((severity) =>
    found
      .filter(([, each]) => each.severity === severity)
      .map(
        ([name, { range = '', fixAvailable }]) =>
          `${severity}: ${name} ${range}${fixAvailable ? ' (a fixed version is there)' : ''}`,
      ),
  );
  const stops = found.some(([, { severity }]) => STOPPING.includes(severity));
  return { code: stops ? 1 : 0, lines: lines.length > 0 ? lines : ['No known weakness in what runs.'] };
}

function reportIn(output: string): Report | null {
  try {
    return JSON.parse(output) as Report;
  } catch {
    return null;
  }
}
