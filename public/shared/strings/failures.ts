/** What is said when a request fails and the server has said nothing better. */
export const failures = {
  unreachable: 'The server cannot be reached.',
  status: (status: number) => `The server answered ${status}.`,
} as const;
