import type { ISectionOptions, Paragraph, Table } from 'docx';
import { editionParts } from '../../domain/edition.ts';
import {
  changeHeadings,
  changeRows,
  comparedText,
  countsText,
  dayOfTime,
  issueOf,
  LAYOUT,
  lineHeadings,
  lineRows,
  partNames,
  secrecyOf,
  titleOf,
} from './editionText.ts';
import type { ReadEdition } from './editionViews.ts';
import { withoutTimes } from './withoutTimes.ts';

type Docx = typeof import('docx');

/** Fonts of GB/T 9704-2012; sizes in half points: 二号 44, 三号 32, 四号 28, 五号 21. */
const SONG_TITLE = '方正小标宋简体';
const FANG_SONG = '仿宋';
const HEI = '黑体';
const SONG = '宋体';
/** 22 lines a page: 28.95 points; and two characters of 三号. */
const LINE = { line: 579, lineRule: 'exact' } as const;
const TWO_CHARACTERS = 640;

/** A4 upright with the margins of GB/T 9704-2012: 37 mm above, 28 mm at the binding edge, a text area of 156 by 225 mm. In twentieths of a point. */
const UPRIGHT = { top: 2098, left: 1588, right: 1474, bottom: 1984 };
const ACROSS = { top: 1588, left: 1474, right: 1474, bottom: 1474 };

/**
 * 关于公布…大客户名单（第N期）的通知, with the list and its changes as annexes (.docx; the layout is 系统默认, after GB/T 9704-2012). Numbering in the
 * company's series, the red head and the seal belong to its office system.
 */
export async function editionNotice(edition: ReadEdition): Promise<Buffer> {
  const docx = await import('docx');
  const { Document, Packer, PageOrientation } = docx;
  const footers = { default: pageNumbers(docx) };
  const annexPage = { page: { size: { orientation: PageOrientation.LANDSCAPE }, margin: ACROSS } };
  const sections: ISectionOptions[] = [
    { properties: { page: { margin: UPRIGHT } }, footers, children: letter(docx, edition) },
    { properties: annexPage, footers, children: listAnnex(docx, edition) },
    ...(edition.before ? [{ properties: annexPage, footers, children: changesAnnex(docx, edition) }] : []),
  ];
  const title = `关于公布公司大客户名单（${issueOf(edition)}）的通知`;
  // The library writes the moment and an author of its own here; the same edition is to be the same bytes.
  const core = {
    path: 'docProps/core.xml',
    data: coreOf(title, (edition.row.publishedAt ?? edition.row.cutoffAt).toISOString()),
  };
  return withoutTimes(await Packer.toBuffer(new Document({ title, sections }), false, [core]));
}

const coreOf = (title: string, at: string): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${title}</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${at}</dcterms:modified></cp:coreProperties>`;

type Style = {
  readonly font?: string;
  readonly size?: number;
  readonly align?: 'left' | 'center' | 'right';
  readonly indent?: boolean;
  readonly strike?: boolean;
  /** Space before and after it, in twentieths of a point. */
  readonly before?: number;
  readonly after?: number;
  /** Of the width of the text, to the right of a signature. */
  readonly right?: number;
};

function paragraph(
  { Paragraph: P, TextRun }: Docx,
  text: string,
  {
    font = FANG_SONG,
    size = 32,
    align = 'left',
    indent = false,
    strike = false,
    before = 0,
    after = 0,
    right = 0,
  }: Style = {},
): Paragraph {
  return new P({
    alignment: align,
    spacing: { ...LINE, before, after },
    indent: { firstLine: indent ? TWO_CHARACTERS : 0, right },
    children: [
      new TextRun({ text, font: { eastAsia: font, ascii: 'Times New Roman', hAnsi: 'Times New Roman' }, size, strike }),
    ],
  });
}

/** Mark of secrecy, number, title, addressees, text, annexes, who signs and when, circle of readers. */
function letter(docx: Docx, edition: ReadEdition): Paragraph[] {
  const { row, before } = edition;
  const say = (text: string, style: Style = {}) => paragraph(docx, text, style);
  const parts = editionParts.filter((part) => edition.lines.some((line) => line.part === part));
  const acts = parts.map((part) => (part === 'company' ? '审定公司级大客户名单' : '批准分公司级大客户名单')).join('、');
  const correction = row.corrects === null ? '' : `本期更正第${row.corrects}期。`;
  return [
    say(secrecyOf(edition), { font: HEI }),
    say(row.noticeNo ?? '〔    〕    号', { align: 'center', before: 579 }),
    say(`关于公布公司大客户名单（${issueOf(edition)}）的通知`, {
      font: SONG_TITLE,
      size: 44,
      align: 'center',
      before: 579,
    }),
    say('各有关单位：', { before: 579 }),
    say(
      `根据《大客户管理办法》第四条、第八条，大客户管理委员会已${acts}，现将${titleOf(edition)}予以公布。${correction}`,
      { indent: true },
    ),
    say(`名单数据截至${dayOfTime(row.cutoffAt)}，${countsText(edition)}；${comparedText(edition)}。`, { indent: true }),
    say('名单属于公司商业秘密，请在知悉范围内使用，不得扩散。', { indent: true }),
    say(`附件：${before ? '1．' : ''}${titleOf(edition)}`, { indent: true, before: 579 }),
    ...(before ? [say(`　　　2．与第${before.number}期相比的变化`, { indent: true })] : []),
    say('大客户管理委员会', { align: 'right', right: 640, before: 1158 }),
    say(row.publishedAt ? dayOfTime(row.publishedAt) : '    年  月  日', { align: 'right', right: 640 }),
    say(`（知悉范围：${row.readers ?? ''}）`, { indent: true, before: 579 }),
    say(`${LAYOUT}；发文字号、红头和用印由公司办公系统办理。`, { font: SONG, size: 21, before: 579 }),
  ];
}

/** The title of an annex, in the third line of its page. */
const annexTitle = (docx: Docx, text: string): Paragraph =>
  paragraph(docx, text, { font: SONG_TITLE, size: 44, align: 'center', before: 579, after: 200 });

function listAnnex(docx: Docx, edition: ReadEdition): (Paragraph | Table)[] {
  const { row, before } = edition;
  return [
    paragraph(docx, before ? '附件1' : '附件', { font: HEI }),
    annexTitle(docx, titleOf(edition)),
    ...editionParts.flatMap((part, at) => {
      const rows = lineRows(edition, part);
      return [
        paragraph(docx, `${['一', '二'][at]}、${partNames[part]}`, { font: HEI, before: 200 }),
        rows.length > 0 ? table(docx, lineHeadings, rows, LINE_WIDTHS) : paragraph(docx, '无。', { indent: true }),
      ];
    }),
    ...(row.hash
      ? [
          paragraph(docx, `内容摘要（SHA-256）：${Buffer.from(row.hash).toString('hex')}`, {
            font: SONG,
            size: 18,
            before: 200,
          }),
        ]
      : []),
  ];
}

function changesAnnex(docx: Docx, edition: ReadEdition): (Paragraph | Table)[] {
  const rows = changeRows(edition).map((cells) => ({ struck: false, cells }));
  return [
    paragraph(docx, '附件2', { font: HEI }),
    annexTitle(docx, `与第${edition.before?.number}期相比的变化`),
    rows.length > 0 ? table(docx, changeHeadings, rows, CHANGE_WIDTHS) : paragraph(docx, '无变化。', { indent: true }),
  ];
}

/** In twentieths of a point; each adds up to the width between the margins of a page across. */
const LINE_WIDTHS: readonly number[] = [740, 3050, 1500, 1250, 1700, 1500, 1950, 1400, 800];
const CHANGE_WIDTHS: readonly number[] = [1000, 4000, 2000, 1890, 2500, 2500];

type Rows = readonly { readonly struck: boolean; readonly cells: readonly string[] }[];

function table(docx: Docx, headings: readonly string[], rows: Rows, widths: readonly number[]): Table {
  const { Table: T, TableCell, TableLayoutType, TableRow, TextRun, Paragraph: P, WidthType } = docx;
  const cell = (text: string, at: number, font: string, strike = false) =>
    new TableCell({
      width: { size: widths[at] ?? 1000, type: WidthType.DXA },
      margins: { top: 40, bottom: 40, left: 80, right: 80 },
      verticalAlign: 'center',
      children: [
        new P({
          children: [
            new TextRun({
              text,
              font: { eastAsia: font, ascii: 'Times New Roman', hAnsi: 'Times New Roman' },
              size: 21,
              strike,
            }),
          ],
        }),
      ],
    });
  return new T({
    layout: TableLayoutType.FIXED,
    columnWidths: [...widths],
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    rows: [
      new TableRow({ tableHeader: true, children: headings.map((heading, at) => cell(heading, at, HEI)) }),
      ...rows.map(
        ({ struck, cells }) =>
          new TableRow({ cantSplit: true, children: cells.map((text, at) => cell(text, at, FANG_SONG, struck)) }),
      ),
    ],
  });
}

/** — 1 —, in 四号. */
function pageNumbers({ AlignmentType, Footer, PageNumber, Paragraph: P, TextRun }: Docx) {
  const number = new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: SONG, size: 28 });
  return new Footer({ children: [new P({ alignment: AlignmentType.CENTER, children: [number] })] });
}
