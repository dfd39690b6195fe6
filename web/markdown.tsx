import { Fragment, type ReactNode } from 'react';
import { type Block, blocksOf } from './manual.ts';

/** Bold is the only thing inside a line. */
function inline(text: string): ReactNode {
  // Every other part stands between two marks. The parts of a text never change their places.
  return text.split('**').map((part, at) => (at % 2 === 1 ? <strong key={part}>{part}</strong> : part));
}

/** A chapter of the manual. `pictureOf` says where a picture of the text is served. */
export function Markdown({ text, pictureOf }: { readonly text: string; readonly pictureOf: PictureOf }) {
  return blocksOf(text).map((block, at) => <Fragment key={keyOf(block, at)}>{viewOf(block, pictureOf)}</Fragment>);
}

type PictureOf = (source: string) => string | undefined;

/** The text of a chapter is given: its blocks never change their places. */
const keyOf = (block: Block, at: number): string => `${at} ${block.kind}`;

function viewOf(block: Block, pictureOf: PictureOf): ReactNode {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? <h1>{block.text}</h1> : <h2>{block.text}</h2>;
    case 'picture':
      return (
        <p className="help-picture">
          <img src={pictureOf(block.source)} alt={block.alt} loading="lazy" />
        </p>
      );
    case 'list': {
      const items = block.items.map((item) => <li key={item}>{inline(item)}</li>);
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'paragraph':
      return <p>{inline(block.text)}</p>;
  }
}
