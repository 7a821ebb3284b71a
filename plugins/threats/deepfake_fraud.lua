-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/threats/deepfake_fraud.lua -- payments ordered by a cloned voice or face.
--
-- Fraudsters call in the name of a superior or a supplier.  A clone makes the
-- attempt succeed more often; the share of attempts that use one grows along a
-- logistic curve, of odds that multiply by e^speed a year:
--   share(t)       = 1 / (1 + (1 - share) / share e^(-speed t))
--   susceptibility = believed (1 + (uplift - 1) share(t))

return riskwheel.threat {
  api = 1, name = "deepfake_fraud", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Payment fraud by cloned voices and faces, as their use among fraudsters spreads.",
  source = "believed: judgement. uplift: judgement within Heiding et al. 2024, arXiv 2412.00586 "
    .. "(54 % against 12 % for written lures, a factor of 4.5). share: IBM 2025, 16 % of breaches "
    .. "used AI. speed: judgement (the odds double in a year: 0.7).",
  parameters = {
    attempts = { unit = "1/year", min = 0, doc = "orders by somebody else that reach staff a year" },
    believed = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 2, beta = 38 },
      doc = "chance that an order without a clone is carried out" },
    uplift = { unit = "1", min = 1, max = 4.5, default = { dist = "uniform", min = 1.5, max = 4.5 },
      doc = "multiplies believed where a clone is used" },
    share = { unit = "1", min = 0.001, max = 0.999, default = 0.16, doc = "share with a clone at the start" },
    speed = { unit = "1/year", min = 0, max = 5, default = { dist = "uniform", min = 0.3, max = 1.1 },
      doc = "growth rate of that share's odds" },
  },

  cycle = function(t, p)
    local share = 1 / (1 + (1 - p.share) / p.share * vec.exp(-p.speed * t.time))
    t.frequency = p.attempts
    t.susceptibility = vec.min(1, p.believed * (1 + (p.uplift - 1) * share))
  end,

  examples = {
    { doc = "a third at the start, the odds double in a year", given = { time = 1 },
      parameters = { attempts = 6, believed = 0.05, uplift = 3, share = 1 / 3, speed = math.log(2) },
      expect = { frequency = 6, susceptibility = 0.05 * 2 } },
    { doc = "and never all", given = { time = 0 },
      parameters = { attempts = 6, believed = 0.5, uplift = 4.5, share = 0.999 },
      expect = { susceptibility = 1 } },
  },
  monotone = { frequency = { attempts = 1 },
    susceptibility = { believed = 1, uplift = 1, share = 1, speed = 1 } },
}
