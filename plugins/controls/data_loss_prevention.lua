-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/controls/data_loss_prevention.lua -- data stopped on its way out.
--
-- Channels are watched one after the other; rules know a part of the data, and are
-- switched off where they are in the way of work:
--   efficacy(age) = watched min(1, age / rollout) known (1 - off)

return riskwheel.control {
  api = 1, name = "data_loss_prevention", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Data-loss prevention: watches channels for data it knows, where it is left on.",
  source = "watched, known, off, rollout: judgement.",
  parameters = {
    watched = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 6, beta = 4 },
      doc = "part of the ways out that is watched in the end" },
    known = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 5, beta = 5 },
      doc = "part of the data that rules recognise" },
    off = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 2, beta = 6 },
      doc = "part of the rules that only report, for they were in the way" },
    rollout = { unit = "year", min = 0.001, default = 1, doc = "time until the ways are watched" },
  },

  cycle = function(c, p)
    c.efficacy = p.watched * vec.clamp(c.age / p.rollout, 0, 1) * p.known * (1 - p.off)
  end,

  examples = {
    { doc = "half rolled out", given = { age = 0.5 },
      parameters = { watched = 0.8, known = 0.5, off = 0.25, rollout = 1 }, expect = { efficacy = 0.15 } },
  },
  monotone = { efficacy = { watched = 1, known = 1, off = -1, rollout = -1 } },
}
