/** Names the code that a bout was set up under; frozen into its first entry. */
export const BUILD = '0.1.0';
