/** Time stamps of an authority (RFC 3161): the request's bytes, and whether a reply answers it. */
export { timeStampRequest } from './request.ts';
export { checkTimeStampReply } from './reply.ts';
