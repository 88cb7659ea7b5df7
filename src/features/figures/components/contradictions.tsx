import { Banner } from "@/components/feedback/banner";
import { capitalised } from "@/lib/text/name";
import type { Contradiction } from "../loaders";
import { partsWarning } from "../utils";

/** Figures of the whole that those of its parts contradict. Both stand as entered; whoever knows decides. */
export function Contradictions({ contradictions }: Readonly<{ contradictions: readonly Contradiction[] }>) {
  if (contradictions.length === 0) return null;

  return (
    <Banner tone="warn" title={`${contradictions.length} số của cả đơn vị không khớp với cộng từng nơi`}>
      <ul className="list-disc pl-5">
        {contradictions.map(({ field, check }) => (
          <li key={field.key}>
            {capitalised(field.label)}: {partsWarning(check)}.
          </li>
        ))}
      </ul>
      <p className="mt-1">
        Bảng điều hành dùng số của cả đơn vị. Hãy kiểm tra nguồn rồi sửa một trong hai; phần mềm không tự sửa.
      </p>
    </Banner>
  );
}
