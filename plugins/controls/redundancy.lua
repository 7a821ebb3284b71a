-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/controls/redundancy.lua -- a second one takes over.
--
-- Of n spare units one that works is enough, unless the cause hits all of them (the
-- beta factor of reliability engineering); then what was lost is the whole:
--   efficacy = saved (1 - common) (1 - fails^spares)

return riskwheel.control {
  api = 1, name = "redundancy", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Spare units that take over, unless one cause stops them all.",
  source = "common: the beta factor model of IEC 61508-6 (values of 0.01 to 0.1 for equipment); higher "
    .. "here, as attackers choose common causes: judgement. fails, saved: judgement.",
  parameters = {
    spares = { unit = "1", min = 0, max = 10, default = 1, doc = "spare units" },
    fails = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 2, beta = 18 },
      doc = "chance that a spare does not take over" },
    common = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 2, beta = 8 },
      doc = "chance that the cause stops the spares too" },
    saved = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 9, beta = 1 },
      doc = "part of the loss saved where one takes over" },
  },

  cycle = function(c, p)
    c.efficacy = p.saved * (1 - p.common) * (1 - p.fails ^ p.spares)
  end,

  examples = {
    { doc = "two spares, each fails once in ten",
      parameters = { spares = 2, fails = 0.1, common = 0.2, saved = 0.9 },
      expect = { efficacy = 0.9 * 0.8 * 0.99 } },
    { doc = "none", parameters = { spares = 0, fails = 0.1 }, expect = { efficacy = 0 } },
  },
  monotone = { efficacy = { spares = 1, fails = -1, common = -1, saved = 1 } },
}
