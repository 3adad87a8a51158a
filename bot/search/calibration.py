"""Weights and thresholds of confidence. Made by `make calibrate`; do not edit.

Shares of judged questions (tests/relevance) by how many phrasings the entries keep:

split      phrasings  absent: sure  answered  right first: sure  answered
calibrate          0         0.135     0.281              0.675     0.808
calibrate          5         0.132     0.244              0.712     0.856
calibrate         10         0.151     0.271              0.768     0.882
calibrate         20         0.151     0.266              0.799     0.922
calibrate         40         0.110     0.305              0.861     0.948
calibrate        all         0.145     0.275              0.899     0.969
judge              0         0.111     0.252              0.699     0.831
judge              5         0.109     0.248              0.755     0.904
judge             10         0.116     0.275              0.804     0.948
judge             20         0.136     0.250              0.846     0.952
judge             40         0.186     0.300              0.941     1.000
judge            all         0.143     0.286              0.971     1.000

split      how_to, absent: sure  how_to, right first: sure
calibrate               1 of 24                   23 of 24
judge                   1 of 24                   22 of 24

split      short, absent: sure  short, right first: sure
calibrate               6 of 70                   67 of 71
judge                   7 of 67                   68 of 70

Where one version is new and nobody has described it:

threshold  absent: answered by a new one  right first, by a new one: answered
sure                               0.019                                   0.445
perhaps                            0.170                                   0.975
"""

# In the order of `confidence.Signals`:
# evidence, margin, posterior, likelihood, lead, lines, terms, rare_terms, missing_types, how_to_gap,
# brief_title_gap, brief_line_gap.
SIGNAL_WEIGHTS = (2.978, 9.828, 0.187, 0.016, 0.607, -1.600, 1.945, -1.650, -1.555, -3.567, -1.378, -1.563)
BIAS = -4.765
SURE_THRESHOLD = -0.33
PERHAPS_THRESHOLD = -1.29

# Of entries that nobody has described, in the order of `confidence.NewSignals`: gain, lead, terms, missing_types.
NEW_SIGNAL_WEIGHTS = (6.435, 2.680, 4.701, -2.614)
NEW_BIAS = -8.877
NEW_SURE_THRESHOLD = 0.64
NEW_PERHAPS_THRESHOLD = -2.34
