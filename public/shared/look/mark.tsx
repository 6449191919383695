/** The two corners' shapes, side by side: the product's mark. */
export function Mark() {
  return (
    <svg class="brand-mark" viewBox="0 0 28 16" aria-hidden="true" focusable="false">
      <path class="red" d="M7 1 13.5 15H.5Z" />
      <rect class="blue" x="15" y="2" width="12" height="12" rx="1.2" />
    </svg>
  );
}
