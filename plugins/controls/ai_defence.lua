-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/controls/ai_defence.lua -- models that watch, while attackers learn them.
--
-- The models get better with what they see, and attackers get around them:
--   efficacy(age) = best (1 - e^(-age / learning)) e^(-evasion time)
-- A retrained model has what is lost to evasion back:  time since the last retraining.

return riskwheel.control {
  api = 1, name = "ai_defence", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Detection and blocking by learning models, evaded more and more until retrained.",
  source = "best: judgement; IBM 2024 finds breaches of firms with wide use of AI and automation 1.88M "
    .. "cheaper of 5.72M (a correlation, not an effect). learning, evasion, retrain: judgement.",
  parameters = {
    best = { unit = "1", min = 0, max = 1, default = { dist = "pert", min = 0.1, mode = 0.3, max = 0.6 },
      doc = "efficacy of a model in practice that nobody knows how to evade" },
    learning = { unit = "year", min = 0.01, default = 0.5,
      doc = "time to learn 63 % of what is normal here" },
    evasion = { unit = "1/year", min = 0, max = 10, default = { dist = "uniform", min = 0.1, max = 0.8 },
      doc = "rate at which attackers find ways around it" },
    retrain = { unit = "year", min = 0.01, default = 1, doc = "time from retraining to retraining" },
  },

  cycle = function(c, p)
    local age = vec.max(0, c.age)
    local since = vec.max(0, age - p.retrain * vec.floor(age / p.retrain))
    c.efficacy = p.best * (1 - vec.exp(-age / p.learning)) * vec.exp(-p.evasion * since)
  end,

  examples = {
    { doc = "63 % learnt, right after retraining", given = { age = 0.5 },
      parameters = { best = 0.4, learning = 0.5, evasion = 0.6, retrain = 0.5 },
      expect = { efficacy = 0.4 * (1 - math.exp(-1)) } },
    { doc = "half a year of evasion", given = { age = 1.5 },
      parameters = { best = 0.4, learning = 0.5, evasion = 0.6, retrain = 1 },
      expect = { efficacy = 0.4 * (1 - math.exp(-3)) * math.exp(-0.3) } },
  },
  monotone = { efficacy = { best = 1, learning = -1, evasion = -1 } },
}
