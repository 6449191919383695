/** Time stamps of an authority (RFC 3161): the request's bytes, whether a reply answers it, and what a stamp says. */
export { timeStampRequest } from './request.ts';
export { checkTimeStampReply } from './reply.ts';
export { checkSigner, type SignerCheck, type StampSubtle } from './signer.ts';
export { readTimeStamp, type TimeStamp } from './token.ts';
