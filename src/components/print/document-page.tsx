import type { ReactNode } from "react";
import { formatDateInWords } from "@/lib/format/date";

/**
 * An official document as Nghị định 30/2020/NĐ-CP, Phụ lục I lays it out: issuing body left, Quốc hiệu right,
 * number, place and date, name and trích yếu, body, nơi nhận and signer. Prints on A4 with its own margins.
 *
 * @param parentBody the body above the issuing one, when it is named
 * @param number số, ký hiệu ("12/QĐ-HKH"); without one the place for it stays open
 * @param date ISO date; without one the place stays open
 * @param kind name of the document ("QUYẾT ĐỊNH"); `subject` is its trích yếu
 * @param authority line before the body, in capitals ("CHỦ TỊCH HỘI KHUYẾN HỌC XÃ …")
 * @param signer capacity ("TM. BAN CHẤP HÀNH"), position ("CHỦ TỊCH"), name
 */
export function DocumentPage({
  parentBody,
  issuingBody,
  number,
  place,
  date,
  kind,
  subject,
  authority,
  recipients = [],
  signer,
  children,
}: Readonly<{
  parentBody?: string;
  issuingBody: string;
  number?: string | null;
  place: string;
  date?: string | null;
  kind: string;
  subject: string;
  authority?: string;
  recipients?: readonly string[];
  signer?: Readonly<{ capacity?: string; position: string; name?: string }>;
  children: ReactNode;
}>) {
  return (
    <article className="official mx-auto max-w-[210mm] bg-paper">
      <header className="grid grid-cols-[2fr_3fr] gap-x-4 text-center max-sm:grid-cols-1 max-sm:gap-y-3 print:grid-cols-[2fr_3fr]">
        <div>
          {parentBody && <p className="uppercase">{parentBody}</p>}
          <p className="font-bold uppercase">{issuingBody}</p>
          <hr className="official-rule w-1/3" />
          <p className="mt-2">Số: {number ?? "……/……"}</p>
        </div>
        <div>
          <p className="font-bold">CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>
          <p className="official-motto font-bold">Độc lập - Tự do - Hạnh phúc</p>
          <hr className="official-rule w-[11.5em]" />
          <p className="mt-2 italic">
            {place}, {date ? formatDateInWords(date) : "ngày …… tháng …… năm ……"}
          </p>
        </div>
      </header>
      <div className="mt-8 text-center">
        <h1 className="official-kind font-bold uppercase">{kind}</h1>
        <p className="font-bold">{subject}</p>
        <hr className="official-rule w-1/5" />
        {authority && <p className="mt-4 font-bold uppercase">{authority}</p>}
      </div>
      <div className="official-body mt-4">{children}</div>
      {(recipients.length > 0 || signer) && (
        <footer className="keep-together mt-8 grid grid-cols-2 gap-x-4 max-sm:grid-cols-1 max-sm:gap-y-6 print:grid-cols-2">
          <div className="official-recipients">
            {recipients.length > 0 && (
              <>
                <p className="font-bold italic">Nơi nhận:</p>
                <ul>
                  {recipients.map((recipient, index) => (
                    <li key={recipient}>
                      - {recipient}
                      {index === recipients.length - 1 ? "." : ";"}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </div>
          {signer && (
            <div className="text-center">
              {signer.capacity && <p className="font-bold uppercase">{signer.capacity}</p>}
              <p className="font-bold uppercase">{signer.position}</p>
              <p className="mt-20 font-bold">{signer.name}</p>
            </div>
          )}
        </footer>
      )}
    </article>
  );
}
