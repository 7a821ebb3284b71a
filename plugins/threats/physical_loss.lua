-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/threats/physical_loss.lua -- a site is lost: fire, water, power, entry.
--
-- Causes add up; each stops the site with a probability of its own, and what stands
-- twice elsewhere is not lost:
--   frequency   = fire + water + power + entry
--   loss_factor = 1 - elsewhere

return riskwheel.threat {
  api = 1, name = "physical_loss", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Loss of a data centre or site by fire, water, power failure or unlawful entry.",
  source = "fire, water, power, entry, elsewhere: judgement; no public count of sites at risk exists.",
  systemic = true,
  parameters = {
    fire = { unit = "1/year", min = 0, default = { dist = "lognormal", median = 0.002, p95 = 0.01 },
      doc = "fires a year that stop the site" },
    water = { unit = "1/year", min = 0, default = { dist = "lognormal", median = 0.005, p95 = 0.03 },
      doc = "floods and leaks a year that do" },
    power = { unit = "1/year", min = 0, default = { dist = "lognormal", median = 0.05, p95 = 0.3 },
      doc = "failures of power and cooling a year that outlast the reserve" },
    entry = { unit = "1/year", min = 0, default = { dist = "lognormal", median = 0.01, p95 = 0.05 },
      doc = "unlawful entries a year that do harm" },
    elsewhere = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 3, beta = 7 },
      doc = "part of the loss that a second site avoids" },
  },

  cycle = function(t, p)
    t.frequency = vec.min(1e6, p.fire + p.water + p.power + p.entry)
    t.loss_factor = 1 - p.elsewhere
  end,

  examples = {
    { doc = "causes add up",
      parameters = { fire = 0.01, water = 0.02, power = 0.03, entry = 0.04, elsewhere = 0.25 },
      expect = { frequency = 0.1, loss_factor = 0.75, susceptibility = 1 } },
  },
  monotone = { frequency = { fire = 1, water = 1, power = 1, entry = 1 }, loss_factor = { elsewhere = -1 } },
}
