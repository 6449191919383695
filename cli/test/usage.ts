export const USAGE = `npm test                    every stage: types, lint, format, deploy, unit, workerd, faults, fuzz, browser
npm run test:STAGE -- ...   one suite: unit, workerd, faults, fuzz or browser
npm run types               one check: types, lint or dry-run (what a deployment would weigh)

Each suite takes parts of names of its test files, and -t NAME for the tests whose names have NAME in them.
  faults --seed S           repeats a schedule
         --duration 10m     goes on for that long (s, m or h), and kills at every place instead of a few
         --count N          flips N bits of an archive, all of them where there are no more
  fuzz   --seed S           repeats a run
         --count N          sends N cases
         --only KEY         sends one operation alone, such as 'POST /api/bouts', or raw bytes: raw`;
