"""Mutants: small changes of the code, each of which a test has to notice.

    python -m tests.mutants --sample 300 --seed 1    # `make mutants SAMPLE=300 SEED=1`

Tools that are kept by others were tried: mutmut copies the tree, and its check that tests can fail
at all does not get through with pytest's import mode of ours; others run the whole suite for each
mutant. Here each mutant is a fork of one process that has collected the tests. A function's code is
exchanged in it, or a constant of a module, and the tests that touch that line run, the quickest
first, until one fails.
"""
