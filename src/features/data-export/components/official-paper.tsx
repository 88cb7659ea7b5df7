import type { OfficialList } from "../official";
import { officialColumns, officialGroups, officialText, officialWords } from "../official";

const ALIGN = { left: "text-left", center: "text-center", right: "text-right" } as const;

/** The list as the paper it is printed on: Nghị định 30/2020/NĐ-CP, A4. */
export function OfficialPaper({ list }: Readonly<{ list: OfficialList }>) {
  const words = officialWords(list);

  return (
    <article
      className="official mx-auto max-w-[210mm] bg-paper"
      aria-label={`${words.kind} ${words.subject}`}
    >
      <header className="grid grid-cols-[2fr_3fr] gap-4 text-center max-sm:grid-cols-1">
        <div>
          <p className="text-balance">{words.above}</p>
          <p className="font-bold text-balance">{words.body}</p>
          <hr className="official-rule w-1/3" />
          <p className="mt-2">{words.number}</p>
        </div>
        <div>
          <p className="font-bold">{words.nation}</p>
          <p className="official-motto font-bold">{words.motto}</p>
          <hr className="official-rule w-1/2" />
          <p className="mt-2 italic">{words.placeAndDate}</p>
        </div>
      </header>
      <div className="mt-6 mb-4 text-center">
        <h2 className="official-kind font-bold">{words.kind}</h2>
        <p className="font-bold">{words.subject}</p>
        <p className="text-balance italic">{words.attached}</p>
        <hr className="official-rule w-1/4" />
      </div>
      <div className="official-body">
        <div className="overflow-x-auto print:overflow-visible">
          <OfficialTable list={list} />
        </div>
        <p className="keep-together mt-3">{words.total}</p>
      </div>
      <footer className="keep-together mt-4 grid grid-cols-2 gap-4">
        <div className="official-recipients">
          <p className="font-bold italic">Nơi nhận:</p>
          <ul>
            {words.recipients.map((recipient) => (
              <li key={recipient}>{recipient}</li>
            ))}
          </ul>
        </div>
        <div className="text-center">
          <p className="font-bold">{words.onBehalf}</p>
          <p className="font-bold">{words.office}</p>
          <p className="mb-24 italic">{words.signHint}</p>
        </div>
      </footer>
    </article>
  );
}

function OfficialTable({ list }: Readonly<{ list: OfficialList }>) {
  const columns = officialColumns(list.title);

  return (
    <table>
      <caption className="sr-only">{officialWords(list).subject}</caption>
      <colgroup>
        <col style={{ width: "7%" }} />
        {columns.map(({ key, share }) => (
          <col key={key} style={{ width: `${share}%` }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">STT</th>
          {columns.map(({ key, header }) => (
            <th key={key} scope="col">
              {header}
            </th>
          ))}
        </tr>
      </thead>
      {officialGroups(list).map(({ heading, first, entries }) => (
        <tbody key={first}>
          {heading && (
            <tr className="break-after-avoid">
              <th scope="rowgroup" colSpan={columns.length + 1} className="text-left">
                {heading}
              </th>
            </tr>
          )}
          {entries.map((entry, index) => (
            <tr key={entry.id}>
              <td className="text-center">{first + index}</td>
              {columns.map(({ key, align, value }) => (
                <td key={key} className={ALIGN[align]}>
                  {officialText(value(entry), key)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
