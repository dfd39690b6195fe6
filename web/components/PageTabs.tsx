import { Link, useSearchParams } from 'react-router';

type Props = {
  readonly label: string;
  /** The name in the page's address; the first item stands where it is missing. */
  readonly param: string;
  readonly items: readonly { readonly key: string; readonly label: string }[];
};

/** Which part of a page is shown. Each part has an address of its own, so that it can be linked and gone back to. */
export function PageTabs({ label, param, items }: Props) {
  const shown = usePageTab(
    param,
    items.map(({ key }) => key),
  );
  return (
    <nav aria-label={label} className="tabs">
      {items.map((item) => (
        <Link
          key={item.key}
          to={`?${param}=${item.key}`}
          replace
          aria-current={item.key === shown ? 'page' : undefined}
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}

/** The part the page's address asks for, or the first. */
export function usePageTab<Key extends string>(param: string, keys: readonly Key[]): Key {
  const [search] = useSearchParams();
  return keys.find((key) => key === search.get(param)) ?? (keys[0] as Key);
}
