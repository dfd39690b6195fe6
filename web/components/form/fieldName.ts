import { criteria } from '../../../domain/recommendation.ts';
import type { Path } from '../../draftForm.ts';
import { useWords } from '../../words.ts';

/** What a field is called, from its path: 项目 2 · 名称. */
export function useFieldName(): (path: Path) => string {
  const { named, language } = useWords();
  return (path) => {
    const criterion = criteria.find(({ code }) => path[0] === 'evaluation' && path[1] === code);
    if (criterion) {
      const label = language === 'en' ? criterion.en : criterion.zh;
      return path[2] === undefined ? label : `${label} · ${named('f.evaluation', String(path[2]))}`;
    }
    const index = path.findIndex((part) => typeof part === 'number');
    const words = (parts: Path) => named('f', parts.filter((part) => typeof part === 'string').join('.'));
    if (index < 0) return words(path);
    const list = `${words(path.slice(0, index))} ${Number(path[index]) + 1}`;
    return index === path.length - 1 ? list : `${list} · ${words(path)}`;
  };
}
