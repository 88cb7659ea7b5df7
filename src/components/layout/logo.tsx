/** The product's mark: an open book under rising steps. */
export function Logo({ className }: Readonly<{ className?: string }>) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="6" fill="#1f4e8c" />
      <path
        d="M16 26c-2.6-2-6-2.8-10-2.6V12.2c4-.2 7.4.6 10 2.6 2.6-2 6-2.8 10-2.6v11.2c-4-.2-7.4.6-10 2.6z"
        fill="#ffffff"
      />
      <path d="M16 14.8V26" stroke="#1f4e8c" strokeWidth="1.6" />
      <path d="M9.5 9.5v-2M14 9.5v-3.2M18.5 9.5v-4.4M23 9.5V3.9" stroke="#ffffff" strokeWidth="2.2" />
    </svg>
  );
}
