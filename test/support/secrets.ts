/** The administrator's secret of every server and runtime that the tests start. */
export const TEST_ADMIN_SECRET = 'test-admin-secret';
