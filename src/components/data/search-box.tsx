import { Search } from "lucide-react";

/** A box to type a name in that searches while it is typed; {@link useSearch} asks. */
export function SearchBox({
  label,
  value,
  onChange,
}: Readonly<{ label: string; value: string; onChange: (text: string) => void }>) {
  return (
    <label className="block">
      <span className="mb-0.5 block text-xs font-medium text-muted">{label}</span>
      <span className="relative block">
        <Search aria-hidden="true" className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted" />
        <input
          type="search"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          className="min-h-11 w-full rounded-md border border-field bg-paper py-1.5 pr-3 pl-9 text-sm hover:border-ink md:min-h-10"
        />
      </span>
    </label>
  );
}
