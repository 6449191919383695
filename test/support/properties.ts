import fc from 'fast-check';

// A property that fails is made smaller until nothing smaller fails, which can take for ever where each
// try is slow; what was found until then is as good a report.
fc.configureGlobal({ interruptAfterTimeLimit: 15_000 });
