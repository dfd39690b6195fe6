/** An empty place says what will be here and who starts it. */
export function Empty({ text }: { readonly text: string }) {
  return <p className="panel soft">{text}</p>;
}
