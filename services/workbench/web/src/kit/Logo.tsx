/** The mark: two waves under a warm sun. Its orange appears nowhere else but in the line of the login picture. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 40 40" fill="none" aria-hidden focusable="false">
      <circle cx="28" cy="7.5" r="5.6" fill="#FF9A57" />
      <path d="M2 20.5c5-7 9.5-7 14 0s8 7 12.5 1c2.5-3.5 5.5-4 9-2" stroke="#fff" strokeWidth="3.8" strokeLinecap="round" />
      <path d="M2 32.5c5-7 9.5-7 14 0s8 7 12.5 1c2.5-3.5 5.5-4 9-2" stroke="#7FC4C8" strokeWidth="3.8" strokeLinecap="round" />
    </svg>
  );
}
