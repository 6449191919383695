export const words = {
  failed: 'The picture of the code could not be fetched. What stands beside it does the same.',
} as const;
