import fc from 'fast-check';

// Nobody needs the smallest counterexample of a mutant: without shrinking the run is much shorter.
fc.configureGlobal({ numRuns: 25, endOnFailure: true });
