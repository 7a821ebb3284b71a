-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/threats/supplier_outage.lua -- one supplier fails, all who depend on it stop.
--
-- Outages of a shared supplier (cloud, software, service) are systemic: one
-- event hits every listed asset at once.  Dependence on the supplier grows
-- towards 1 while more is moved there; what an asset loses grows with it:
--   dependence(t) = 1 - (1 - dependence) exp(-drift t)

return riskwheel.threat {
  api = 1, name = "supplier_outage", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "Outage of a shared supplier; one event hits every listed asset.",
  source = "outages: judgement (one global outage of the size of CrowdStrike, 19 July 2024, "
    .. "in some years, smaller ones more often); impact: Parametrix 2024, 125 of the "
    .. "Fortune 500 (25 %) were hit; share of breaches that involve a third party: 30 %, "
    .. "twice the year before (DBIR 2025), from which drift 0.1 is judgement.",
  systemic = true,
  parameters = {
    outages = { unit = "1/year", min = 0,
      default = { dist = "lognormal", median = 0.5, p95 = 2 },
      doc = "outages a year of the suppliers depended on" },
    impact = { unit = "1", min = 0, max = 1, default = 0.25,
      doc = "chance that an outage reaches this organisation" },
    dependence = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 5, beta = 5 },
      doc = "share of the service that stops without the supplier, at the start" },
    drift = { unit = "1/year", min = 0, max = 5, default = 0.1,
      doc = "rate at which what is still independent moves to the supplier" },
  },

  cycle = function(t, p)
    t.frequency = p.outages
    t.susceptibility = p.impact
    t.loss_factor = 1 - (1 - p.dependence) * vec.exp(-p.drift * t.time)
  end,

  examples = {
    { doc = "half of the service depends on the supplier, and slowly more", given = { time = 2 },
      parameters = { outages = 0.5, impact = 0.25, dependence = 0.5, drift = 0.1 },
      expect = { frequency = 0.5, susceptibility = 0.25, loss_factor = 1 - 0.5 * math.exp(-0.2) } },
  },
  monotone = { frequency = { outages = 1 }, susceptibility = { impact = 1 },
    loss_factor = { dependence = 1, drift = 1 } },
}
