import { Link } from 'react-router';
import type { EditionView } from '../../../api/contract/editions.ts';
import { caseKey } from '../../api/cases.ts';
import { useOne } from '../../api/list.ts';
import { useWords } from '../../words.ts';
import { Loaded } from '../Loaded.tsx';
import { Differences } from './Differences.tsx';
import { EditionFiles } from './EditionFiles.tsx';
import { EditionLines } from './EditionLines.tsx';

/** What the committee decides on, and the director signs: what changed, then the list itself. */
export default function PublicationMatter({ caseId, seq }: { readonly caseId: string; readonly seq: number }) {
  const { t } = useWords();
  const edition = useOne<EditionView>([...caseKey(caseId), 'edition', seq], `/editions/${caseId}`);
  return (
    <Loaded query={edition}>
      {(value) => (
        <>
          {value.corrects !== null && (
            <p className="panel">
              <Link to={`/editions/${value.corrects}`}>{t('edition.corrects', { n: value.corrects })}</Link>
            </p>
          )}
          <Differences edition={value} />
          <EditionLines edition={value} />
          <div className="row edition-files">
            {value.number !== null && <Link to={`/editions/${value.number}`}>{t('edition.open')}</Link>}
            <EditionFiles edition={value} />
          </div>
        </>
      )}
    </Loaded>
  );
}
