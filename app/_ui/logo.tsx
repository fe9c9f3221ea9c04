export function Logo({ className = 'size-6' }: { className?: string }) {
  return (
    <svg className={className} viewBox="0 0 24 24" fill="none" aria-hidden>
      <path d="M4.2 18.6 10.4 7.4" stroke="var(--accent)" strokeWidth="4.6" strokeLinecap="round" />
      <path d="m13.6 16.6 6.2-11.2" stroke="var(--accent)" strokeWidth="4.6" strokeLinecap="round" />
      <path d="m18.1 8.45 1.7-3.05" stroke="var(--spark)" strokeWidth="4.6" strokeLinecap="round" />
    </svg>
  )
}
