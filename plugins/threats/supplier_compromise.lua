-- SPDX-License-Identifier: GPL-3.0-or-later
-- plugins/threats/supplier_compromise.lua -- attackers come by way of a supplier.
--
-- Each of n suppliers is broken into at a rate of its own; a break-in reaches the
-- organisation with probability `reach`.  Suppliers grow in number, and attackers
-- turn to them:
--   frequency(t) = suppliers e^(more t) rate e^(growth t)

return riskwheel.threat {
  api = 1, name = "supplier_compromise", version = "1.0.0", license = "GPL-3.0-or-later",
  doc = "A supplier with access is compromised, and the organisation through it.",
  source = "rate: judgement. growth: judgement; share of breaches with a third party 15 % the year "
    .. "before, 30 % (DBIR 2025). reach: judgement. cost: 4.91M on average (IBM 2025).",
  parameters = {
    suppliers = { unit = "1", min = 0, max = 1e5, doc = "suppliers with access to data or systems" },
    rate = { unit = "1/year", min = 0, max = 10,
      default = { dist = "lognormal", median = 0.02, p95 = 0.08, cap = 10 },
      doc = "break-ins a year at one of them that its customers suffer by" },
    growth = { unit = "1/year", min = -1, max = 1, default = { dist = "uniform", min = 0, max = 0.4 },
      doc = "growth rate of that rate" },
    more = { unit = "1/year", min = -1, max = 1, default = 0.05, doc = "growth rate of the suppliers" },
    reach = { unit = "1", min = 0, max = 1, default = { dist = "beta", alpha = 3, beta = 12 },
      doc = "chance that a break-in there becomes one here" },
  },

  cycle = function(t, p)
    t.frequency = vec.min(1e6, p.suppliers * p.rate * vec.exp((p.growth + p.more) * t.time))
    t.susceptibility = p.reach
  end,

  examples = {
    { doc = "two years on", given = { time = 2 },
      parameters = { suppliers = 50, rate = 0.02, growth = 0.2, more = 0.05, reach = 0.2 },
      expect = { frequency = math.exp(0.5), susceptibility = 0.2 } },
  },
  monotone = { frequency = { suppliers = 1, rate = 1, growth = 1, more = 1 },
    susceptibility = { reach = 1 } },
}
