"""Weights and thresholds of confidence. Made by `make calibrate`; do not edit.

Shares of judged questions (tests/relevance) by how many phrasings the entries keep:

split      phrasings  absent: sure  answered  right first: sure  answered
calibrate          0         0.135     0.281              0.679     0.815
calibrate          5         0.132     0.244              0.728     0.864
calibrate         10         0.151     0.271              0.784     0.893
calibrate         20         0.156     0.271              0.813     0.928
calibrate         40         0.125     0.315              0.874     0.954
calibrate        all         0.150     0.280              0.908     0.972
judge              0         0.111     0.252              0.711     0.831
judge              5         0.117     0.248              0.766     0.915
judge             10         0.123     0.275              0.814     0.959
judge             20         0.143     0.257              0.856     0.962
judge             40         0.186     0.300              0.951     1.000
judge            all         0.143     0.293              0.981     1.000

split      how to, absent: sure  how to, right first: sure
calibrate               1 of 24                   23 of 24
judge                   1 of 24                   22 of 24

Where one version is new and nobody has described it:

threshold  absent: answered by a new one  right first, by a new one: answered
sure                               0.019                                   0.442
perhaps                            0.170                                   0.970
"""

# In the order of `confidence.Signals`:
# evidence, margin, posterior, likelihood, lead, lines, terms, rare_terms, missing_types, how_to_gap.
SIGNAL_WEIGHTS = (2.978, 9.828, 0.187, 0.016, 0.607, -1.600, 1.945, -1.650, -1.555, -3.567)
BIAS = -4.765
SURE_THRESHOLD = -0.33
PERHAPS_THRESHOLD = -1.29

# Of entries that nobody has described, in the order of `confidence.NewSignals`: gain, lead, terms, missing_types.
NEW_SIGNAL_WEIGHTS = (6.414, 2.642, 4.551, -2.630)
NEW_BIAS = -8.777
NEW_SURE_THRESHOLD = 0.65
NEW_PERHAPS_THRESHOLD = -2.31
