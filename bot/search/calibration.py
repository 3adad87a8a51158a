"""Weights and thresholds of confidence. Made by `make calibrate`; do not edit.

Shares of judged questions (tests/relevance) by how many phrasings the entries keep:

split      phrasings  absent: sure  answered  right first: sure  answered
calibrate          0         0.146     0.266              0.639     0.801
calibrate          5         0.147     0.244              0.715     0.848
calibrate         10         0.156     0.266              0.763     0.886
calibrate         20         0.156     0.296              0.809     0.916
calibrate         40         0.145     0.300              0.872     0.946
calibrate        all         0.165     0.275              0.910     0.969
judge              0         0.096     0.215              0.614     0.855
judge              5         0.088     0.226              0.755     0.904
judge             10         0.123     0.239              0.835     0.928
judge             20         0.129     0.243              0.865     0.942
judge             40         0.186     0.314              0.931     1.000
judge            all         0.157     0.293              0.981     1.000

Where one version is new and nobody has described it:

threshold  absent: answered by a new one  right first, by a new one: answered
sure                               0.019                                   0.437
perhaps                            0.170                                   0.975
"""

# In the order of `confidence.Signals`: evidence, margin, posterior, likelihood, lead, lines, terms, rare_terms.
SIGNAL_WEIGHTS = (2.784, 9.760, 0.198, 0.090, 0.729, -1.000, 2.168, -2.246)
BIAS = -4.789
SURE_THRESHOLD = -0.07
PERHAPS_THRESHOLD = -0.97

# Of entries that nobody has described, in the order of `confidence.NewSignals`: gain, lead, terms.
NEW_SIGNAL_WEIGHTS = (6.470, 2.751, 4.885)
NEW_BIAS = -9.024
NEW_SURE_THRESHOLD = 0.70
NEW_PERHAPS_THRESHOLD = -2.33
