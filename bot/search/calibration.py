"""Weights and thresholds of confidence. Made by `make calibrate`; do not edit.

Shares of judged questions (tests/relevance) by how many phrasings the entries keep:

split      phrasings  absent: sure  answered  right first: sure  answered
calibrate          0         0.143     0.286              0.674     0.834
calibrate          5         0.151     0.256              0.744     0.871
calibrate         10         0.164     0.289              0.772     0.901
calibrate         20         0.164     0.299              0.816     0.922
calibrate         40         0.144     0.297              0.873     0.948
calibrate        all         0.163     0.277              0.908     0.969
judge              0         0.126     0.281              0.699     0.892
judge              5         0.095     0.263              0.787     0.904
judge             10         0.138     0.275              0.835     0.948
judge             20         0.136     0.257              0.865     0.962
judge             40         0.186     0.329              0.931     1.000
judge            all         0.157     0.293              0.981     1.000

Where one version is new and nobody has described it:

threshold  absent: answered by a new one  right first, by a new one: answered
sure                               0.019                                   0.520
perhaps                            0.140                                   0.966
"""

# In the order of `confidence.Signals`: evidence, margin, posterior, likelihood, lead, lines, terms, rare_terms.
SIGNAL_WEIGHTS = (2.906, 9.547, 0.216, -0.048, 0.758, -1.250, 2.174, -2.282)
BIAS = -4.866
SURE_THRESHOLD = -0.33
PERHAPS_THRESHOLD = -1.23

# Of entries that nobody has described, in the order of `confidence.NewSignals`: gain, lead, terms.
NEW_SIGNAL_WEIGHTS = (6.984, 2.892, 4.245)
NEW_BIAS = -8.947
NEW_SURE_THRESHOLD = 0.48
NEW_PERHAPS_THRESHOLD = -2.35
